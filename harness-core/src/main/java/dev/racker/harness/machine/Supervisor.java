package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of {@code supervise.sh}, the small program that holds a machine and cleans up after it. */
public final class Supervisor {

    private static final String SCRIPT = "supervise.sh";
    private static final String UNBOOTED = "unbooted.sh";
    private static final String CLEAN = "clean.sh";

    private final MachineSpec spec;
    private final Plane plane;
    private final boolean holding;
    private final boolean detached;

    /** Takes the machine to hold. */
    public Supervisor(MachineSpec spec, Plane plane) {
        this(spec, plane, false, false);
    }

    private Supervisor(MachineSpec spec, Plane plane, boolean holding, boolean detached) {
        this.detached = detached;
        this.spec = spec;
        this.plane = plane;
        this.holding = holding;
    }

    /** The same, but its payload does not begin before whoever listens has thawed it, see {@link ReadyListener#held}. */
    Supervisor holdingPayload() {
        return new Supervisor(spec, plane, true, detached);
    }

    /** The same, but whoever starts it lets go of the machine soon, and has no terminal for its payload. */
    Supervisor detached() {
        return new Supervisor(spec, plane, holding, true);
    }

    /** Says whether whoever starts it is going to let go of the machine. */
    boolean isDetached() {
        return detached;
    }

    /**
     * Puts the program into the machine's runtime directory, and with it the command that cleans up, so that both are
     * there whatever happens to this process; to be done before anything is made that has to be cleaned up.
     */
    public void install() {
        Path run = spec.place().run();
        try {
            Files.createDirectory(spec.place().root());
            Script.copy(SCRIPT, run.resolve(SCRIPT));
            if (isStarted()) {
                Script.copy(UNBOOTED, run.resolve(UNBOOTED));
            }
            write(run.resolve(CLEAN), common("clean"));
            settings(run);
            OutOfMemory.install(spec);
            devices(run);
        } catch (IOException e) {
            throw failed(run, e);
        }
    }

    private void settings(Path run) throws IOException {
        List<CgroupSetting> settings = plane.settings(spec);
        if (!settings.isEmpty()) {
            StringBuilder lines = new StringBuilder();
            for (CgroupSetting setting : settings) {
                lines.append(setting.file()).append(' ').append(setting.value()).append('\n');
            }
            Files.writeString(run.resolve("limits"), lines);
        }
    }

    /** Nobody in a user namespace owns a device of the host, so the machine gets nodes that are its root's. */
    private void devices(Path run) throws IOException {
        int owner = spec.stack().owners();
        if (owner != 0 && !spec.isolation().devices().isEmpty()) {
            StringBuilder lines = new StringBuilder();
            int number = 0;
            for (Device device : spec.isolation().devices()) {
                DeviceNode node = DeviceNode.of(device.source());
                lines.append(NspawnArguments.deviceNode(plane.registers(), number++))
                        .append(' ')
                        .append(Integer.toOctalString(node.mode()))
                        .append(' ')
                        .append(owner)
                        .append(' ')
                        .append(node.type() + " " + node.major() + " " + node.minor())
                        .append('\n');
            }
            Files.writeString(run.resolve("devices"), lines);
        }
    }

    /** Leaves word how the machine's network is taken down; the command may be empty. */
    public void installNetworkTeardown(List<String> command) {
        if (!command.isEmpty()) {
            try {
                write(spec.place().networkScript(), command);
            } catch (IOException e) {
                throw failed(spec.place().networkScript(), e);
            }
        }
    }

    private static void write(Path script, List<String> command) throws IOException {
        Files.writeString(script, "exec " + Command.of(command) + "\n");
    }

    private static HarnessException failed(Path path, IOException cause) {
        return new HarnessException(
                "Tried to prepare the machine in " + path + ", but: " + cause.getMessage() + ".",
                "Check the free space and the permissions of that file system.",
                cause);
    }

    /** Runs the machine in a mount namespace of its own; ends with the status of systemd-nspawn. */
    public List<String> run() {
        List<String> command = new ArrayList<>(48);
        command.add("unshare");
        command.add("--mount");
        command.addAll(common("run"));
        command.add(plane.word());
        command.add(spec.boots() ? "boot" : holding ? "held" : "payload");
        command.add(spec.stack().base().toString());
        command.add(spec.stack().mountOptions());
        command.addAll(
                detached && hasTerminal() ? new TerminalScripts(spec.place()).write(nspawnOnTerminal()) : nspawn());
        return command;
    }

    private List<String> nspawn() {
        List<String> command = new ArrayList<>(32);
        command.addAll(NspawnArguments.prefix(spec.isolation()));
        if (isStarted()) {
            String run = spec.place().run().toString();
            command.addAll(List.of("/bin/sh", run + "/" + UNBOOTED, "run", run));
        }
        command.addAll(NspawnArguments.of(spec, plane.registers()));
        return command;
    }

    /** Who gives it the terminal is killed to end the machine. */
    private List<String> nspawnOnTerminal() {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        command.addAll(nspawn());
        return command;
    }

    private boolean hasTerminal() {
        return spec.payload().isPresent() && spec.payload().get().terminal();
    }

    private boolean isStarted() {
        return spec.payload().isPresent() && spec.payload().get().start().isPresent();
    }

    /** Removes what the machine has left, whatever it is; harmless when there is nothing. */
    static List<String> clean(Path run) {
        return List.of("/bin/sh", cleanScript(run).toString());
    }

    static Path cleanScript(Path run) {
        return run.resolve(CLEAN);
    }

    private List<String> common(String mode) {
        MachinePlace place = spec.place();
        return List.of(
                "/bin/sh",
                place.run().resolve(SCRIPT).toString(),
                mode,
                place.run().toString(),
                String.join(" ", plane.cgroups(spec)),
                spec.name(),
                place.container().toString(),
                place.ephemeral() ? place.name().toString() : "");
    }
}
