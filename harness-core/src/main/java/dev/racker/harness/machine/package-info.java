/** Machines: launching, entering, reading and stopping booted operating systems. */
package dev.racker.harness.machine;
