/** What this host offers: init, control plane, kernel features, tools, privileges. */
package dev.racker.harness.host;
