package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a machine is connected to, as any process may read it while the machine runs.
 *
 * @param networks its places, in the order of its interfaces; empty on the host's network, or none
 * @param ports what is published, with the ports of the host that were chosen
 */
public record Connections(List<Connection> networks, List<PortMapping> ports) {

    /** Takes copies. */
    public Connections {
        networks = List.copyOf(networks);
        ports = List.copyOf(ports);
    }

    /** Where one published port answers: {@code 0.0.0.0:8080}, and {@code [::]:8080} when the machine has IPv6. */
    public List<String> answering(PortMapping port) {
        if (!port.hostAddress().isEmpty()) {
            boolean six = port.hostAddress().indexOf(':') >= 0;
            return List.of((six ? "[" + port.hostAddress() + "]" : port.hostAddress()) + ":" + port.hostPort());
        }
        boolean six = MemberAttachment.way(networks)
                .filter(place -> !place.address6().isEmpty())
                .isPresent();
        String four = "0.0.0.0:" + port.hostPort();
        return six ? List.of(four, "[::]:" + port.hostPort()) : List.of(four);
    }

    /**
     * Reads what the machine of a container is connected to; nothing when it does not run.
     *
     * @param runDirectory RACKER_RUN_DIR
     */
    public static Connections read(Path runDirectory, String containerId) {
        Path top = runDirectory.resolve("network");
        List<Connection> networks = new ArrayList<>();
        read(top.resolve(containerId + ".json")).ifPresent(endpoint -> networks.add(endpoint.connection()));
        try (DirectoryStream<Path> states = Files.newDirectoryStream(top.resolve("networks"))) {
            for (Path state : states) {
                read(state.resolve(containerId + ".json")).ifPresent(endpoint -> networks.add(endpoint.connection()));
            }
        } catch (NoSuchFileException e) {
            return new Connections(networks, PublishedPorts.read(top, containerId)); // no user's network is in use
        } catch (IOException e) {
            throw new HarnessException(
                    "Tried to read the networks of " + containerId + ", but: " + e.getMessage() + ".", null, e);
        }
        networks.sort(Comparator.comparing(Connection::interfaceName));
        return new Connections(networks, PublishedPorts.read(top, containerId));
    }

    /** Reads a configuration of netavark; empty when there is none. */
    static Optional<Endpoint> read(Path file) {
        try {
            return Optional.of(NetavarkConfig.read(Files.readAllBytes(file)))
                    .filter(endpoint -> endpoint.connection() != null);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + file + ", but: " + e.getMessage() + ".", null, e);
        }
    }
}
