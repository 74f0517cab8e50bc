package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.Command.WhenCancelled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * netavark(1), which connects a machine, and what disconnects one without it.
 *
 * <p>Of a machine netavark makes a link only; the bridge and all rules serve every machine of a network, and go with the
 * last one. netavark's own teardown does the same with some forty more programs, and refuses when the machine is gone
 * already. Files in the directory: {@code ID.json} what netavark was told, {@code ID.link} the index of the machine's
 * link on the host (empty from when netavark starts until it ends), {@code addresses/}, {@code up} while there may be a
 * bridge; {@code networks/} with the same for each network of a user, {@code names/} what aardvark-dns knows of them;
 * {@code ports/} and {@code rules/} of published ports; {@code members/} a file for each machine that has any of these.
 *
 * @param program netavark itself
 * @param entry the words before each command, which lead to the host's network
 * @param directory where the state of a bridge is kept
 * @param bridge the name of the bridge
 */
record Netavark(Path program, List<String> entry, Path directory, String bridge) {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    static final List<String> PLACES = List.of("/usr/lib/podman", "/usr/libexec/podman");
    private static final List<String> SYSTEM = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    /**
     * Finds netavark in {@code places}, where podman's packages put it, then on {@code path}, and checks that iptables is there.
     *
     * @throws HarnessException that names the package of what is missing
     */
    static Netavark locate(List<String> places, String path, List<String> entry, Path directory, String bridge) {
        Path program = find("netavark", places);
        if (program == null) {
            program = find("netavark", List.of(path.split(":")));
        }
        if (program == null) {
            throw missing("netavark");
        }
        if (find("iptables", List.of(path.split(":"))) == null && find("iptables", SYSTEM) == null) {
            throw missing("iptables");
        }
        return new Netavark(program, entry, directory, bridge);
    }

    /**
     * Connects the machine whose configuration is in the directory.
     *
     * @param forwarding the address on which aardvark-dns shall answer; empty for none
     */
    Command setup(NetavarkConfig config, String namespace, String forwarding) {
        return command(NetworkScripts.SETUP, "racker-connect", config.containerId())
                .with(program.toString(), forwarder().toString(), namespace, forwarding, config.bridgeMac());
    }

    /**
     * Connects the machine to networks of users.
     *
     * @param networks of each one its directory's name, the machine's interface, and the metric of its default route, or 0
     */
    Command join(String containerId, String namespace, List<String> networks) {
        List<String> arguments = new ArrayList<>(List.of(
                directory.toString(),
                containerId,
                program.toString(),
                forwarder().toString(),
                namespace));
        arguments.addAll(networks);
        return command(NetworkScripts.JOIN, "racker-join", arguments);
    }

    /** Lets the machine's ports answer on the host by way of a place that it has, or of none any more. */
    Command publish(String containerId, Optional<Connection> way) {
        String behind = way.map(Connection::bridge).orElse("");
        Path state = way.filter(place -> !place.network().equals("bridge"))
                .map(place -> directory.resolve("networks").resolve(NetworkDefinition.shortId(place.networkId())))
                .orElse(directory);
        List<String> words = List.of(directory.toString(), containerId, behind, state.toString());
        return command(NetworkScripts.PUBLISH, "racker-publish", words);
    }

    /** Gives back everything of one machine; its address on the bridge is empty when it has no place there. */
    Command teardown(String containerId, String address) {
        String range =
                address.isEmpty() ? "-" : Subnet.of(Subnet.parse(address)).toString();
        return command(NetworkScripts.TEARDOWN, "racker-disconnect", containerId)
                .with(address.isEmpty() ? "-" : address, range)
                .whenCancelled(WhenCancelled.GO_ON);
    }

    /**
     * Gives back a machine's place in one network.
     *
     * @param network "bridge", or the name of the network's directory
     * @param address its address on the bridge; empty when that is not it
     */
    Command leave(String containerId, String network, String address) {
        return teardown(containerId, address).with(network);
    }

    /** Makes a machine's way out by one interface come after those with a lower metric. */
    List<Command> giveWay(String namespace, Connection place, int metric) {
        List<String> ip = new ArrayList<>(entry);
        Collections.addAll(ip, "nsenter", "--net=" + namespace, "ip", "route");
        Command route = Command.of(ip).timeout(TIMEOUT);
        String by = place.interfaceName();
        return List.of(
                route.with("add", "default", "via", place.gateway(), "dev", by, "metric", Integer.toString(metric)),
                route.with("del", "default", "via", place.gateway(), "dev", by, "metric", "100"));
    }

    private Command command(String script, String name, String containerId) {
        return command(script, name, List.of(directory.toString(), bridge, containerId));
    }

    private Command command(String script, String name, List<String> words) {
        List<String> arguments = new ArrayList<>(entry);
        Collections.addAll(arguments, "sh", "-c", script, name);
        arguments.addAll(words);
        return Command.of(arguments).timeout(TIMEOUT);
    }

    /** Where aardvark-dns, which comes beside netavark, is; it need not exist. */
    Path forwarder() {
        return program.resolveSibling("aardvark-dns");
    }

    private static Path find(String name, List<String> directories) {
        for (String directory : directories) {
            Path candidate = Path.of(directory, name);
            if (!directory.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static HarnessException missing(String program) {
        return new HarnessException(
                "Tried to connect a machine to the bridge, but there is no " + program + " on this host.",
                "Install the package " + program + ", or use --network=host or --network=none.");
    }
}
