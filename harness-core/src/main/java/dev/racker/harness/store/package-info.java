/** Images, layers and containers on disk. */
package dev.racker.harness.store;
