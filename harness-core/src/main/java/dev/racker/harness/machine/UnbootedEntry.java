package dev.racker.harness.machine;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The way into a machine that boots nothing, for another process beside its first one; nothing of the image is needed.
 *
 * <p>The process is in the machine's namespaces and control groups, has no capability that the first process could not
 * have, and ends as {@link Machine#run(Payload)} says.
 */
public final class UnbootedEntry {

    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /** Directories and, behind "--", a command that is run in the cgroups of these directories. */
    private static final String IN_CGROUPS = """
            while [ "$1" != -- ]; do
                echo 0 >"$1/cgroup.procs" || exit 125
                shift
            done
            shift
            exec "$@"
            """;

    private final long leader;
    private final List<Ulimit> ulimits;

    /**
     * Takes a machine.
     *
     * @param leader the id of its first process in the host's numbering
     * @param ulimits what its processes begin with
     */
    public UnbootedEntry(long leader, List<Ulimit> ulimits) {
        this.leader = leader;
        this.ulimits = List.copyOf(ulimits);
    }

    /**
     * The command on the host that runs a payload in the machine, with the payload's streams and deadline.
     *
     * <p>Its environment is exactly what it names, and HOME when that is missing. With a terminal, standard input has to
     * be one.
     *
     * @throws HarnessException when the machine has ended or does not know the user
     */
    public Command command(Payload payload) {
        String user = payload.group().isEmpty() ? payload.user() : payload.user() + ":" + payload.group();
        GuestIds ids = GuestAccounts.read(new GuestRoot(Path.of("/proc/" + leader + "/root"))::find)
                .find(user, List.of());
        String status = read("status");
        long capabilities = Long.parseUnsignedLong(field(status, "CapBnd:", "0"), 16);
        boolean mayGain = "0".equals(field(status, "NoNewPrivs:", "0"));
        List<String> all = new ArrayList<>();
        all.addAll(List.of("/bin/sh", "-c", IN_CGROUPS, "sh"));
        all.addAll(cgroups(read("cgroup"), CGROUPS));
        all.add("--");
        if (!ulimits.isEmpty()) {
            all.add("prlimit");
            ulimits.forEach(ulimit -> all.add(ulimit.prlimit()));
            all.add("--");
        }
        all.addAll(List.of("nsenter", "--target=" + leader, "--all", "--setuid=0", "--setgid=0", "--"));
        all.addAll(PayloadStart.beside(payload, ids, capabilities, mayGain));
        Command command = Command.of(all);
        if (payload.terminal()) {
            command = command.env("SHELL", Toolbox.shell()).env("LD_LIBRARY_PATH", Toolbox.PLACE);
        }
        return command.expectAny()
                .timeout(payload.timeout())
                .stdin(payload.input())
                .stdout(payload.output())
                .stderr(payload.error());
    }

    /** The command on the host that starts a payload in the machine, without streams, and does not wait for it. */
    Command detached(Payload payload) {
        List<String> all =
                new ArrayList<>(List.of("/bin/sh", "-c", "setsid \"$@\" </dev/null >/dev/null 2>&1 &", "sh"));
        all.addAll(command(payload).arguments());
        return Command.of(all);
    }

    /** Reads proc_pid_cgroup(5): {@code 4:memory:/a}, {@code 1:name=systemd:/b}, {@code 0::/c}. */
    static List<String> cgroups(String text, Path top) {
        List<String> directories = new ArrayList<>();
        for (String line : text.split("\n")) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3 || parts[2].equals("/")) {
                continue; // that is where whoever enters may be already
            }
            String hierarchy = parts[1].startsWith("name=") ? parts[1].substring("name=".length()) : parts[1];
            Path unified = top.resolve("unified");
            Path mount = !hierarchy.isEmpty() ? top.resolve(hierarchy) : Files.isDirectory(unified) ? unified : top;
            Path directory = mount.resolve(parts[2].substring(1));
            if (Files.isDirectory(directory)) {
                directories.add(directory.toString());
            }
        }
        return directories;
    }

    private String read(String name) {
        try {
            return Files.readString(Path.of("/proc/" + leader, name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new HarnessException("Tried to enter a machine, but it has ended.", null, e);
        }
    }

    private static String field(String status, String name, String otherwise) {
        int start = status.indexOf("\n" + name);
        if (start < 0) {
            return otherwise;
        }
        int end = status.indexOf('\n', start + 1);
        return status.substring(start + 1 + name.length(), end).strip();
    }
}
