/** Stacks of layers and the overlay mounts made of them. */
package dev.racker.harness.overlay;
