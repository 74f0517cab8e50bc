package dev.racker.harness;

import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StateDirectories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks for everything that machines of one store can leave on a host. */
public final class Residue {

    private static final Pattern NAME = Pattern.compile("--machine=([A-Za-z0-9.-]+)");
    private static final String PROPAGATE = "/run/systemd/nspawn/propagate";

    private final StateDirectories directories;
    private final CommandRunner runner = new CommandRunner();
    private final Pattern id;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final List<String> found = new ArrayList<>();

    /** Takes the directories of the store. */
    public Residue(StateDirectories directories) {
        this.directories = directories;
        this.id = Pattern.compile(Pattern.quote(directories.run() + "/machines/") + "([0-9a-f]{12})");
    }

    /** Learns the ids and names of machines from the command lines that start them. */
    public void learn(String command) {
        Matcher matcher = id.matcher(command);
        while (matcher.find()) {
            ids.add(matcher.group(1));
        }
        Matcher name = NAME.matcher(command);
        while (name.find()) {
            names.add(name.group(1));
        }
    }

    private boolean ofOurs(String text) {
        return ids.stream().anyMatch(text::contains) || names.stream().anyMatch(text::contains);
    }

    /** What there is, a line each; empty when the host is clean. */
    public List<String> lines() {
        found.clear();
        try {
            children("runtime directory", directories.run().resolve("machines"));
            children("ephemeral container", directories.state().resolve("ephemeral"));
            children("kept container", directories.state().resolve("containers"));
            children("name", directories.state().resolve("names"));
            unfinished();
            mounts();
            processes();
            cgroups();
            networks();
            units();
            children("propagation directory", Path.of(PROPAGATE));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return List.copyOf(found);
    }

    private void children(String what, Path directory) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                // Other machines of this host have such directories too.
                if (!directory.toString().equals(PROPAGATE)
                        || names.contains(child.getFileName().toString())) {
                    found.add(what + ": " + child);
                }
            }
        } catch (NoSuchFileException e) {
            return; // never made
        }
    }

    private void unfinished() throws IOException {
        try (DirectoryStream<Path> layers =
                Files.newDirectoryStream(directories.state().resolve("layers"), ".tmp-*")) {
            layers.forEach(layer -> found.add("unfinished layer: " + layer));
        } catch (NoSuchFileException e) {
            return; // never made
        }
    }

    private boolean mine(String text) {
        return text.contains(directories.run().toString())
                || text.contains(directories.state().getParent().toString());
    }

    private void mounts() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (mine(line)) {
                found.add("mount: " + line);
            }
        }
    }

    /** Every process that was started for a machine has one of the directories in its command line or its mounts. */
    private void processes() throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String line = commandLine(process);
                if (mine(line) || ofOurs(root(process))) {
                    found.add("process " + process.getFileName() + ": " + line);
                }
            }
        }
    }

    /** A machine's own processes know nothing of the directories, but their root is an overlay made of them. */
    private static String root(Path process) {
        try (Stream<String> lines = Files.lines(process.resolve("mountinfo"))) {
            return lines.filter(line -> line.contains(" / / ")).findFirst().orElse("");
        } catch (IOException | RuntimeException e) {
            return ""; // it has ended since
        }
    }

    static String commandLine(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ');
        } catch (IOException e) {
            return ""; // it has ended since
        }
    }

    private void cgroups() {
        String all = runner.run(Command.of("find", "/sys/fs/cgroup", "-type", "d", "-name", "racker-*")
                        .expectAny())
                .text();
        for (String cgroup : all.split("\n")) {
            if (!cgroup.isEmpty() && ofOurs(cgroup)) {
                found.add("cgroup: " + cgroup);
            }
        }
    }

    private void units() {
        if (!Files.isDirectory(Path.of("/run/systemd/system"))) {
            return;
        }
        // Not by the short cut that root has: on the bus, systemd hears of clients that have left before it hears us,
        // and only then forgets the units that they waited for.
        String all = runner.run(Command.of("systemctl", "list-units", "--all", "--plain", "--no-legend", "racker-*")
                        .env("SYSTEMCTL_FORCE_BUS", "1"))
                .text();
        for (String unit : all.split("\n")) {
            if (!unit.isEmpty() && ofOurs(unit)) {
                found.add("unit: " + unit);
            }
        }
        String machines =
                runner.run(Command.of("machinectl", "list", "--no-legend")).text();
        for (String machine : machines.split("\n")) {
            if (ofOurs(machine)) {
                found.add("machine: " + machine);
            }
        }
    }

    private void networks() throws IOException {
        Path network = directories.run().resolve("network");
        children("address", network.resolve("addresses"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(network, "*.{json,link}")) {
            files.forEach(file -> found.add("network: " + file));
        } catch (NoSuchFileException e) {
            return; // never made
        }
        String bridge =
                "racker-" + Integer.toHexString(directories.run().toString().hashCode());
        for (String line : runner.run(Command.of("ip", "-o", "link")).text().split("\n")) {
            if (line.contains(bridge)) {
                found.add("link: " + line);
            }
        }
        for (String line : runner.run(Command.of("iptables-save")).text().split("\n")) {
            if (line.contains(bridge)) {
                found.add("rule: " + line);
            }
        }
    }
}
