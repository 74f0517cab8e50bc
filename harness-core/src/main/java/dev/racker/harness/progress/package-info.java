/** How long work is told; only a command line draws it. */
package dev.racker.harness.progress;
