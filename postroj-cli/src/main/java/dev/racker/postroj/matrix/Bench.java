package dev.racker.postroj.matrix;

import dev.racker.harness.Harness;
import java.time.Duration;

/**
 * What all trials of a run share.
 *
 * @param harness starts the machines
 * @param watcher hears what they do
 * @param bootTimeout how long a machine may take until it is ready
 * @param packageTimeout how long the package manager may take for one step
 * @param unitTimeout how long a unit may be activating
 * @param networkTimeout how long an address may stay silent
 * @param retries how often a trial that ended with ERROR is tried again
 * @param aftermath what is done with the machine of a trial that did not pass, before it is removed
 */
public record Bench(
        Harness harness,
        Watcher watcher,
        Duration bootTimeout,
        Duration packageTimeout,
        Duration unitTimeout,
        Duration networkTimeout,
        int retries,
        Aftermath aftermath) {}
