/** What happened to a machine's file system, and why something in it failed. */
package dev.racker.harness.evidence;
