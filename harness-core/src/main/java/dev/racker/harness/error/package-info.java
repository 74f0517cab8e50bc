/** The one exception that every failure of the harness is. */
package dev.racker.harness.error;
