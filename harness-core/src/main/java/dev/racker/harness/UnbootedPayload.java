package dev.racker.harness;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.DirectPayload;
import dev.racker.harness.machine.GuestAccounts;
import dev.racker.harness.machine.GuestIds;
import dev.racker.harness.machine.PayloadStart;
import dev.racker.harness.machine.Toolbox;
import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StackLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fits a payload to an image that is not booted, which may hold anything or next to nothing. */
final class UnbootedPayload {

    private final Path toolboxes;
    private final CommandRunner runner;

    /** Takes the directory that the toolbox is made in. */
    UnbootedPayload(Path toolboxes, CommandRunner runner) {
        this.toolboxes = toolboxes;
        this.runner = runner;
    }

    /**
     * Looks the user up in the image, tells the payload where it is at home, and has it started by the host's programs.
     *
     * @param stack the layers of the machine's root
     * @throws HarnessException when the image does not know the user, the machine cannot have it, or an init is wanted
     *     and this host has none
     */
    DirectPayload fit(DirectPayload wanted, LayerStack stack) {
        GuestIds ids = GuestAccounts.read(files(stack)::find).find(wanted.user(), wanted.groups());
        if (stack.owners() != 0 && ids.highest() >= LayerStack.OWNER_COUNT) {
            throw new HarnessException(
                    "Tried to run a payload as \"" + wanted.user() + "\", but the numbers of users and groups in a user"
                            + " namespace end at " + (LayerStack.OWNER_COUNT - 1) + ".",
                    "Do without the user namespace: --userns=host.");
        }
        Toolbox toolbox = Toolbox.of(toolboxes, runner);
        if (wanted.init() && !toolbox.hasInit()) {
            throw new HarnessException(
                    "Tried to run a payload under an init, but this host has none for that.", "Install catatonit.");
        }
        return wanted.startedBy(new PayloadStart(toolbox, ids));
    }

    /** What the machine has written counts, too, when it has run before. */
    private static StackLookup files(LayerStack stack) {
        List<Path> layers = new ArrayList<>(stack.lower());
        if (Files.isDirectory(stack.upper())) {
            layers.add(stack.upper());
        }
        // Without asking for opaque marks: at worst, a file that is hidden is taken for one that is there.
        return new StackLookup(layers, directory -> false);
    }
}
