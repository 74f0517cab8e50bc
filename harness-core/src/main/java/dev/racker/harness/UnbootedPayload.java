package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.DirectPayload;
import dev.racker.harness.machine.PayloadShell;
import dev.racker.harness.store.StackLookup;
import java.nio.file.Path;
import java.util.List;

/** Fits a payload to an image that is not booted, which may hold anything or next to nothing. */
final class UnbootedPayload {

    private UnbootedPayload() {}

    /**
     * Runs the payload through the image's shell when there is one, for the exit statuses that docker gives.
     *
     * @throws HarnessException when the image has no getent, which systemd-nspawn asks who a user is
     */
    static DirectPayload of(DirectPayload wanted, List<Path> layers, String image) {
        // Without asking for opaque marks: at worst, a file that is hidden is taken for one that is there.
        StackLookup files = new StackLookup(layers, directory -> false);
        if (!wanted.user().isEmpty() && !has(files, "/usr/bin/getent") && !has(files, "/bin/getent")) {
            throw new HarnessException(
                    "Tried to run a payload as \"" + wanted.user() + "\" in " + image
                            + " without booting it, but the image has no getent to look the user up with.",
                    "Run it as root: --user=root.");
        }
        if (!has(files, "/bin/sh")) {
            return wanted;
        }
        return new DirectPayload(
                PayloadShell.around(wanted.arguments()),
                wanted.environment(),
                wanted.user(),
                wanted.directory(),
                wanted.terminal());
    }

    private static boolean has(StackLookup files, String path) {
        return files.find(path).isPresent();
    }
}
