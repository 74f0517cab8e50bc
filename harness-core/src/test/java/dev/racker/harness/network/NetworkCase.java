package dev.racker.harness.network;

import static dev.racker.harness.Eventually.eventuallyNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.process.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Networks on a host of their own; afterwards that host is as it was, and nothing is left. */
abstract class NetworkCase {

    @TempDir
    Path run;

    TestHost host;
    Networks networks;
    String before;

    @BeforeEach
    void start() throws IOException {
        host = new TestHost(run);
        networks = host.networks(run);
        before = host.state();
    }

    @AfterEach
    void end() throws IOException {
        try {
            assertEquals(before, host.state());
            assertEquals(Set.of(), leftFiles());
            eventuallyNothing(() -> host.processes("aardvark-dns")); // what was killed goes a moment later
        } finally {
            host.close();
        }
    }

    /** A machine on the default bridge. */
    Attachment prepare(String id) {
        return networks.prepare(NetworkMode.BRIDGE, id, NetworkOptions.of("box"));
    }

    /** A machine with a name in networks, as NetworkRequest reads them. */
    Attachment prepare(String id, String name, String... requests) {
        return networks.prepare(id, new NetworkOptions("box", List.of(name), settings(requests)));
    }

    static NetworkSettings settings(String... requests) {
        List<NetworkRequest> all = new ArrayList<>();
        for (String request : requests) {
            all.add(NetworkRequest.parse(request));
        }
        return NetworkSettings.defaults().on(all);
    }

    /** What makes a shell program run in place of another; {@code %s} in it stands for the real one with its arguments. */
    List<String> instead(String program, String text) throws IOException {
        Path directory = Files.createDirectories(run.resolve("instead-of-" + program));
        String real = "(PATH=${PATH#*:}; exec " + program + " \"$@\")";
        Path file = Files.writeString(directory.resolve(program), "#!/bin/sh\n" + text.replace("%s", real) + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return List.of("env", "PATH=" + directory + ":" + System.getenv("PATH"));
    }

    static String range(Attachment attachment) {
        return Subnet.of(Subnet.parse(attachment.address().orElseThrow())).toString();
    }

    /** The default bridge. */
    String bridge() {
        return "racker-" + Integer.toHexString(run.toString().hashCode());
    }

    String links(RunningCommand machine) {
        List<String> names = new ArrayList<>();
        host.inMachine(machine, "ip", "-o", "link")
                .lines()
                .forEach(line -> names.add(line.split(":? ")[1].split("@")[0]));
        return String.join(" ", names);
    }

    /** The files of networks, but for those that a definition keeps. */
    Set<String> leftFiles() throws IOException {
        Set<String> names = new HashSet<>();
        Path top = run.resolve("network");
        if (Files.notExists(top)) {
            return Set.of();
        }
        try (var files = Files.walk(top)) {
            files.filter(file -> !Files.isDirectory(file))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("network"))
                    .forEach(names::add);
        }
        return names;
    }
}
