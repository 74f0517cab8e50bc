/** Checks of machines, each of which passes, fails, or cannot tell. */
package dev.racker.harness.probe;
