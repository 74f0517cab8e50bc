package dev.racker.harness;

import dev.racker.harness.machine.MachineSpec;
import dev.racker.harness.network.Attachment;
import dev.racker.harness.network.Connection;
import dev.racker.harness.overlay.WritableLayer;
import java.util.Set;

/** The files that tell a guest who it is; plain files, so that packages inside may replace them. */
final class GuestIdentity {

    /** Where they are. */
    static final Set<String> FILES = Set.of("/etc/hostname", "/etc/hosts", "/etc/machine-id", "/etc/resolv.conf");

    private static final int MACHINE_ID_LENGTH = 32;

    private GuestIdentity() {}

    /** What a container keeps: its user may change it. */
    static void writeOnce(WritableLayer layer, MachineSpec spec) {
        layer.write("etc", "hostname", spec.hostname() + "\n");
        layer.write("etc", "machine-id", machineId(spec.id()) + "\n");
    }

    /** What depends on the network that a machine gets, at each start. */
    static void write(WritableLayer layer, MachineSpec spec, Attachment network) {
        layer.write("etc", "hosts", hosts(spec.hostname(), network));
        String resolver = network.resolvConf();
        if (!resolver.isEmpty()) {
            layer.write("etc", "resolv.conf", resolver);
        }
    }

    private static String hosts(String hostname, Attachment network) {
        StringBuilder lines =
                new StringBuilder("127.0.0.1\tlocalhost\n").append("::1\tlocalhost ip6-localhost ip6-loopback\n");
        for (String address : Connection.ownAddresses(network.connections())) {
            lines.append(address).append('\t').append(hostname).append('\n');
        }
        for (String line : network.hosts()) {
            lines.append(line).append('\n');
        }
        return lines.toString();
    }

    /** machine-id(5): 32 lower-case hexadecimal digits, unique; written here, the guest need not make one. */
    private static String machineId(String id) {
        return (id + "0".repeat(MACHINE_ID_LENGTH)).substring(0, MACHINE_ID_LENGTH);
    }
}
