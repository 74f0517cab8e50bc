/** What a machine is connected to. */
package dev.racker.harness.network;
