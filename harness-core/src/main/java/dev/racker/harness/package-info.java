/**
 * Boots real operating systems in containers and lets programs work in them; {@link dev.racker.harness.Harness} is the
 * way in.
 *
 * <p>Nothing here prints or ends the process. Failures are {@link dev.racker.harness.error.HarnessException}s.
 */
package dev.racker.harness;
