/** Operating system families, and how a root file system becomes bootable. */
package dev.racker.harness.distribution;
