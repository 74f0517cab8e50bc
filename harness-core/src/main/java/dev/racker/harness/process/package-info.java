/** The one gate to other programs. */
package dev.racker.harness.process;
