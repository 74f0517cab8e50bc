package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is of a user's network while machines are connected to it.
 *
 * <p>Files in its directory: {@code network} what the scripts have to know; of each machine {@code ID.place} its addresses,
 * {@code ID.json} what netavark was told, {@code ID.names} its line for aardvark-dns, {@code ID.link} the index of its link
 * on the host; {@code addresses/} and {@code addresses6/}; {@code up} while there may be a bridge.
 *
 * @param definition what the user has made
 * @param state the directory
 */
record UserNetwork(NetworkDefinition definition, Path state) {

    private static final String NOTHING = "-";

    static UserNetwork in(Path top, NetworkDefinition definition) {
        return new UserNetwork(definition, top.resolve("networks").resolve(definition.shortId()));
    }

    /** The pool of IPv4 addresses. */
    AddressPool addresses() {
        return new AddressPool(state.resolve("addresses"));
    }

    private AddressPool addresses6() {
        return new AddressPool(state.resolve("addresses6"));
    }

    /**
     * Takes addresses for a machine and writes down all that its setup needs.
     *
     * @throws HarnessException when the addresses asked for cannot be had, or none is left
     */
    Connection take(String containerId, NetworkRequest request, String interfaceName, NetworkOptions options)
            throws IOException {
        NetworkSubnet four = definition.four();
        NetworkSubnet six = definition.subnet(true).orElse(null);
        if (six == null && !request.ip6().isEmpty()) {
            throw unusable(request.ip6(), "that network has no IPv6 addresses");
        }
        Files.createDirectories(addresses().directory());
        Files.createDirectories(addresses6().directory());
        Files.writeString(state.resolve("network"), forScripts(four, six));
        Ip address = request.ip().isEmpty() ? anyFour(containerId, four) : fixed(containerId, request.ip(), four);
        Ip address6 = six == null ? null : six(containerId, request, address, six);
        Connection place = new Connection(
                definition.name(),
                definition.id(),
                definition.bridge(),
                interfaceName,
                request.mac().isEmpty() ? NetavarkConfig.mac(address.toInt()) : request.mac(),
                address.toString(),
                four.range().prefix(),
                four.gateway(),
                six == null ? "" : address6.toString(),
                six == null ? 0 : six.range().prefix(),
                six == null ? "" : six.gateway(),
                definition.internal(),
                request.aliases());
        Files.writeString(
                state.resolve(containerId + ".json"),
                config(containerId, place, options).json());
        Files.writeString(state.resolve(containerId + ".names"), names(containerId, place, options));
        return place;
    }

    private Ip six(String containerId, NetworkRequest request, Ip four, NetworkSubnet subnet) throws IOException {
        if (request.ip6().isEmpty()) {
            return anySix(containerId, subnet, four);
        }
        place(containerId, four, Ip.parse(request.ip6()));
        return fixed(containerId, request.ip6(), subnet);
    }

    private NetavarkConfig config(String containerId, Connection place, NetworkOptions options) {
        Map<String, String> driver = new LinkedHashMap<>();
        driver.put("isolate", "true");
        String mtu = definition.options().get(NetworkDefinition.MTU);
        if (mtu != null) {
            driver.put("mtu", mtu);
        }
        return new NetavarkConfig(
                containerId, options.name(), definition.bridge(), definition.id(), definition.subnets(), driver, place);
    }

    /** A line of a configuration of aardvark-dns: id, IPv4, IPv6, names, name servers. */
    private static String names(String containerId, Connection place, NetworkOptions options) {
        Set<String> names = new java.util.LinkedHashSet<>(options.names());
        names.addAll(place.aliases());
        if (names.isEmpty()) {
            names.add(options.hostname());
        }
        String servers = String.join(",", options.dns());
        return containerId + " " + place.address() + " " + place.address6() + " " + String.join(",", names)
                + (servers.isEmpty() ? "" : " " + servers) + "\n";
    }

    private String forScripts(NetworkSubnet four, NetworkSubnet six) {
        return String.join(
                        " ",
                        definition.bridge(),
                        NetavarkConfig.mac(four.gatewayIp().toInt()),
                        four.subnet(),
                        six == null ? NOTHING : six.subnet(),
                        four.gateway(),
                        six == null ? NOTHING : six.gateway())
                + "\n";
    }

    /** Written before an address is taken, so that whoever cleans up knows where to look. */
    private void place(String containerId, Ip address, Ip address6) throws IOException {
        Files.writeString(
                state.resolve(containerId + ".place"), address + " " + (address6 == null ? NOTHING : address6) + "\n");
    }

    private Ip anyFour(String containerId, NetworkSubnet subnet) throws IOException {
        Set<String> used = addresses().names();
        Cidr pool = subnet.pool();
        Cidr range = subnet.range();
        for (Ip address = pool.base(); pool.contains(address); address = address.plus(1)) {
            boolean special =
                    address.equals(range.base()) || address.equals(range.last()) || address.equals(subnet.gatewayIp());
            if (!special && !used.contains(address.toString())) {
                place(containerId, address, null);
                if (addresses().claim(address.toString(), containerId)) {
                    return address;
                }
            }
        }
        throw new HarnessException(
                "Tried to find an address in network " + definition.name() + ", but all of " + pool + " are in use.",
                "End some machines, or make a larger network with --subnet.");
    }

    /** As far above the lowest address as the IPv4 address is, or a whole range of those further. */
    private Ip anySix(String containerId, NetworkSubnet subnet, Ip four) throws IOException {
        Cidr pool = subnet.pool();
        Cidr narrow = definition.four().range();
        BigInteger offset = narrow.offset(four);
        for (BigInteger step = offset; step.compareTo(pool.size()) < 0; step = step.add(narrow.size())) {
            Ip address = new Ip(pool.base().value().add(step), true);
            boolean special = address.equals(subnet.range().base()) || address.equals(subnet.gatewayIp());
            if (!special) {
                place(containerId, four, address);
                if (addresses6().claim(address.toString(), containerId)) {
                    return address;
                }
            }
        }
        throw new HarnessException(
                "Tried to find an IPv6 address in network " + definition.name() + ", but all of " + pool
                        + " are in use.",
                "End some machines, or choose an address with --ip6.");
    }

    private Ip fixed(String containerId, String text, NetworkSubnet subnet) throws IOException {
        Ip address = Ip.parse(text);
        Cidr range = subnet.range();
        if (!range.contains(address)) {
            throw unusable(text, "that network has the addresses " + range);
        }
        boolean last = !address.six() && address.equals(range.last());
        if (last || address.equals(range.base()) || address.equals(subnet.gatewayIp())) {
            throw unusable(text, "that address has a meaning of its own there");
        }
        AddressPool pool = address.six() ? addresses6() : addresses();
        if (!address.six()) {
            place(containerId, address, null);
        }
        if (!pool.claim(address.toString(), containerId)) {
            throw unusable(text, "machine " + pool.holder(address.toString()) + " has it");
        }
        return address;
    }

    private HarnessException unusable(String address, String why) {
        return new HarnessException(
                "Tried to use the address " + address + " in network " + definition.name() + ", but " + why + ".",
                "Choose another address, or leave it out.");
    }

    /** The machines that are connected, or about to be. */
    Map<String, Endpoint> endpoints() throws IOException {
        Map<String, Endpoint> endpoints = new LinkedHashMap<>();
        for (String id : new java.util.TreeSet<>(addresses().holders().values())) {
            Connections.read(state.resolve(id + ".json"))
                    .ifPresentOrElse(
                            endpoint -> endpoints.put(id, endpoint),
                            () -> endpoints.put(id, new Endpoint(id, id, null)));
        }
        return endpoints;
    }

    /** Removes what is left when nobody is connected; the lock of definitions is held exclusively. */
    void forget() throws IOException {
        if (Files.notExists(state)) {
            return;
        }
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).collect(Collectors.toList())) {
                Files.deleteIfExists(file);
            }
        }
    }
}
