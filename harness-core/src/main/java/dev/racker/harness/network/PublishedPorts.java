package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports of the host that answer for machines, a file in {@code ports/} for each machine.
 *
 * @param top the directory of all networks
 */
record PublishedPorts(Path top) {

    private static final int ATTEMPTS = 100;

    /** What a machine has published; nothing when it does not run. */
    static List<PortMapping> read(Path top, String containerId) {
        try {
            List<PortMapping> ports = new ArrayList<>();
            for (String line : Files.readAllLines(top.resolve("ports").resolve(containerId))) {
                ports.add(PortMapping.parse(line));
            }
            return ports;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to read the ports of " + containerId + ", but: " + e.getMessage() + ".", null, e);
        }
    }

    /**
     * Takes ports of the host for a machine; the lock of ports is held.
     *
     * @return the same with the ports that were chosen
     * @throws HarnessException that names a port that is not free
     */
    List<PortMapping> take(String containerId, List<PortMapping> wanted) throws IOException {
        Files.createDirectories(top.resolve("ports"));
        List<Holder> others = others(containerId);
        List<PortMapping> taken = new ArrayList<>();
        for (PortMapping each : wanted) {
            if (each.hostPort() != 0) {
                checkFree(each, others);
                taken.add(each);
                others.add(new Holder(containerId, each));
                continue;
            }
            for (int i = 0; i < each.count(); i++) {
                PortMapping chosen = anyFree(each.single(i), others);
                taken.add(chosen);
                others.add(new Holder(containerId, chosen));
            }
        }
        StringBuilder lines = new StringBuilder();
        taken.forEach(port -> lines.append(port).append('\n'));
        Files.writeString(top.resolve("ports").resolve(containerId), lines);
        return taken;
    }

    private record Holder(String containerId, PortMapping port) {}

    private List<Holder> others(String containerId) throws IOException {
        List<Holder> others = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(top.resolve("ports"))) {
            for (Path file : files) {
                String id = file.getFileName().toString();
                if (!id.equals(containerId)) {
                    read(top, id).forEach(port -> others.add(new Holder(id, port)));
                }
            }
        }
        return others;
    }

    private static void checkFree(PortMapping wanted, List<Holder> others) throws IOException {
        for (Holder other : others) {
            if (wanted.collides(other.port())) {
                throw inUse(wanted.single(0), "machine " + other.containerId() + " publishes " + other.port(), null);
            }
        }
        for (int i = 0; i < wanted.count(); i++) {
            PortMapping single = wanted.single(i);
            try {
                bind(single);
            } catch (BindException e) {
                boolean missing = e.getMessage().contains("assign");
                throw inUse(single, missing ? "the host does not have that address" : "it is in use already", e);
            }
        }
    }

    private static PortMapping anyFree(PortMapping wanted, List<Holder> others) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            PortMapping chosen;
            try {
                chosen = wanted.on(bind(wanted));
            } catch (BindException e) {
                throw inUse(wanted, "the host does not have that address", e);
            }
            if (others.stream().noneMatch(other -> chosen.collides(other.port()))) {
                return chosen;
            }
        }
        throw inUse(wanted, "no port of the host is free", null);
    }

    /** Listens for a moment on a port of the host, 0 being any, and gives its number. */
    private static int bind(PortMapping port) throws IOException {
        InetSocketAddress address = port.hostAddress().isEmpty()
                ? new InetSocketAddress(port.hostPort())
                : new InetSocketAddress(InetAddress.getByName(port.hostAddress()), port.hostPort());
        if (port.protocol().equals("udp")) {
            try (DatagramSocket socket = new DatagramSocket(address)) {
                return socket.getLocalPort();
            }
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return socket.getLocalPort();
        }
    }

    private static HarnessException inUse(PortMapping port, String why, Throwable cause) {
        String host = port.isAny()
                ? ""
                : port.hostAddress().indexOf(':') < 0 ? port.hostAddress() + ":" : "[" + port.hostAddress() + "]:";
        return new HarnessException(
                "Tried to publish port " + host + port.hostPort() + "/" + port.protocol() + " of the host, but " + why
                        + ".",
                "Choose another one with --publish; `ss -lntup` lists who listens.",
                cause);
    }
}
