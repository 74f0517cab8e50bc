package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of {@code supervise.sh}, the small program that holds a machine and cleans up after it. */
public final class Supervisor {

    private static final String SCRIPT = "supervise.sh";

    private final MachineSpec spec;
    private final ControlPlane plane;
    private final String networkProgram;

    /** Takes the machine to hold, and the program that takes its network down, or "" when there is none. */
    public Supervisor(MachineSpec spec, ControlPlane plane, String networkProgram) {
        this.spec = spec;
        this.plane = plane;
        this.networkProgram = networkProgram;
    }

    /** Puts the program beside the machine's runtime state, so that it is there whatever happens to this one. */
    public void install() {
        Path script = spec.place().run().resolve(SCRIPT);
        try (InputStream resource = Supervisor.class.getResourceAsStream(SCRIPT)) {
            Files.copy(resource, script);
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to write " + script + ", but: " + e.getMessage() + ".",
                    "Check the free space and the permissions of that file system.",
                    e);
        }
    }

    /** Runs the machine in a mount namespace of its own; ends with the status of systemd-nspawn. */
    public List<String> run() {
        List<String> command = new ArrayList<>(48);
        command.add("unshare");
        command.add("--mount");
        common("run", command);
        command.add(plane.word());
        command.add(spec.stack().base().toString());
        command.add(spec.stack().mountOptions());
        command.addAll(NspawnArguments.of(spec, plane.registers()));
        return command;
    }

    /** Removes what a machine has left; harmless when there is nothing. */
    public List<String> clean() {
        List<String> command = new ArrayList<>(8);
        common("clean", command);
        command.replaceAll(argument -> argument.isEmpty() ? "''" : argument);
        command.set(0, "-/bin/sh");
        return command;
    }

    private void common(String mode, List<String> command) {
        MachinePlace place = spec.place();
        command.add("/bin/sh");
        command.add(place.run().resolve(SCRIPT).toString());
        command.add(mode);
        command.add(place.run().toString());
        command.add(String.join(" ", plane.cgroups(spec)));
        command.add(networkProgram);
        command.add(place.ephemeral() ? place.container().toString() : "");
        command.add(place.ephemeral() ? place.name().toString() : "");
    }
}
