package dev.racker.harness.network;

import dev.racker.harness.error.HarnessException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives new networks ranges of addresses that nobody else has.
 *
 * @param taken whose ranges are in use already: who has it, in words, and the range
 * @param firstChoice where the search for a free range begins
 */
record SubnetPlan(Collection<Map.Entry<String, Cidr>> taken, int firstChoice) {

    private static final int FOUR_PREFIX = 24;
    private static final int SIX_PREFIX = 64;
    private static final Cidr CANDIDATES = Cidr.parse("10.192.0.0/10");
    private static final int COUNT = 1 << FOUR_PREFIX - 10;
    private static final int SMALLEST = 29;

    /** The subnets of a new network, the one of IPv4 first; {@code id} makes the ones of IPv6 that are chosen unique. */
    List<NetworkSubnet> subnets(NetworkDraft draft, String id) {
        List<Cidr> ranges = new ArrayList<>();
        for (String text : draft.subnets()) {
            ranges.add(range(text, "subnet"));
        }
        ranges.sort(
                (one, other) -> Boolean.compare(one.base().six(), other.base().six()));
        for (int i = 1; i < ranges.size(); i++) {
            if (ranges.get(i).base().six() == ranges.get(i - 1).base().six()) {
                throw wrong("subnet", ranges.get(i).toString(), "a network has one range of each kind of addresses");
            }
        }
        ranges.forEach(this::refuseTaken);
        if (ranges.isEmpty() || ranges.get(0).base().six()) {
            ranges.add(0, free());
        }
        if (draft.ipv6() && ranges.size() == 1) {
            ranges.add(Cidr.parse("fd" + id.substring(0, 2) + ":" + id.substring(2, 6) + ":" + id.substring(6, 10)
                    + "::/" + SIX_PREFIX));
        }
        List<NetworkSubnet> subnets = new ArrayList<>();
        List<String> gateways = new ArrayList<>(draft.gateways());
        List<String> pools = new ArrayList<>(draft.ipRanges());
        for (Cidr range : ranges) {
            subnets.add(subnet(range, gateways, pools));
        }
        gateways.forEach(text -> {
            throw wrong("gateway", text, "it is in no subnet of the network");
        });
        pools.forEach(text -> {
            throw wrong("ip-range", text, "it is in no subnet of the network");
        });
        return subnets;
    }

    private static NetworkSubnet subnet(Cidr range, List<String> gateways, List<String> pools) {
        String gateway = range.base().plus(1).toString();
        for (String text : List.copyOf(gateways)) {
            if (!Ip.isOne(text)) {
                throw wrong("gateway", text, "it is not an IP address");
            }
            Ip address = Ip.parse(text);
            if (range.contains(address)) {
                if (address.equals(range.base()) || !address.six() && address.equals(range.last())) {
                    throw wrong("gateway", text, "no interface can have it");
                }
                gateway = address.toString();
                gateways.remove(text);
            }
        }
        String pool = "";
        for (String text : List.copyOf(pools)) {
            Cidr part = range(text, "ip-range");
            if (range.contains(part.base()) && part.prefix() >= range.prefix()) {
                pool = part.toString();
                pools.remove(text);
            }
        }
        return new NetworkSubnet(range.toString(), gateway, pool);
    }

    private static Cidr range(String text, String what) {
        Cidr range;
        try {
            range = Cidr.parse(text);
        } catch (NumberFormatException e) {
            throw new HarnessException(
                    "Tried to use the " + what + " \"" + text + "\", but it is not a range of addresses.",
                    "Write one such as 172.20.0.0/16 or fd00:20::/64.",
                    e);
        }
        if (!range.toString().equals(text) && !range.base().equals(Ip.parse(text.substring(0, text.indexOf('/'))))) {
            throw wrong(what, text, "the range that it is in begins elsewhere: " + range);
        }
        if (what.equals("subnet") && range.prefix() > (range.base().six() ? 126 : SMALLEST + 1)) {
            throw wrong(what, text, "it is too small");
        }
        return range;
    }

    /** Throws when somebody has addresses of this range. */
    void refuseTaken(Cidr range) {
        Optional<Map.Entry<String, Cidr>> other =
                taken.stream().filter(each -> each.getValue().overlaps(range)).findFirst();
        if (other.isPresent()) {
            throw new HarnessException(
                    "Tried to use the range " + range + ", but it overlaps "
                            + other.get().getValue() + " of "
                            + other.get().getKey() + ".",
                    "Choose another range with --subnet, or leave it out.");
        }
    }

    private Cidr free() {
        for (int i = 0; i < COUNT; i++) {
            long place = Math.floorMod(firstChoice + i, COUNT);
            Cidr candidate = new Cidr(CANDIDATES.base().plus(place << 32 - FOUR_PREFIX), FOUR_PREFIX);
            if (taken.stream().noneMatch(each -> each.getValue().overlaps(candidate))) {
                return candidate;
            }
        }
        throw new HarnessException(
                "Tried to find a range of addresses for the network, but the host routes all of " + CANDIDATES
                        + " elsewhere.",
                "Choose one with --subnet.");
    }

    private static HarnessException wrong(String what, String text, String why) {
        return new HarnessException(
                "Tried to use the " + what + " \"" + text + "\", but " + why + ".",
                "See `racker network create --help`.");
    }
}
