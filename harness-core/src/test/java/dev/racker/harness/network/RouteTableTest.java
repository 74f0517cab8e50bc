package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lines are those of a little-endian machine, which all that Racker runs on are. */
class RouteTableTest {

    private static final String HEAD =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT      ";
    private static final String DEFAULT = "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0      ";

    @Test
    void the_default_route_is_in_nobodys_way() {
        assertEquals("10.187.0.0/20", table(DEFAULT).firstFree(0).toString());
    }

    @Test
    void a_range_that_holds_a_narrower_route_is_not_taken() {
        assertEquals(
                "10.187.16.0/20",
                table(DEFAULT, route("vpn0", "0507BB0A", "FFFFFFFF"))
                        .firstFree(0)
                        .toString());
    }

    @Test
    void a_range_within_a_wider_route_is_not_taken() {
        assertEquals(
                "172.29.0.0/20",
                table(route("vpn0", "0000000A", "000000FF")).firstFree(3).toString());
    }

    @Test
    void ranges_beside_a_route_are_taken() {
        assertEquals(
                "10.187.0.0/20",
                table(route("eth1", "0010BB0A", "00F0FFFF")).firstFree(0).toString());
    }

    @Test
    void a_host_that_routes_every_private_range_has_none_to_give() {
        assertNull(table(
                        route("a", "0000000A", "000000FF"),
                        route("b", "000010AC", "0000F0FF"),
                        route("c", "0000A8C0", "0000FFFF"))
                .firstFree(0));
    }

    @Test
    void the_range_of_a_bridge_that_is_there_is_found_by_its_whole_name() {
        RouteTable table = table(route("racker00", "0000A8C0", "00F0FFFF"), route("racker0", "00001DAC", "00F0FFFF"));

        assertEquals("172.29.0.0/20", table.of("racker0").toString());
        assertNull(table.of("racker"));
    }

    @Test
    void any_number_chooses_a_range() {
        assertEquals("192.168.240.0/20", Subnet.candidate(-1).toString());
        assertEquals(Subnet.candidate(5), Subnet.candidate(5 + 2 * Subnet.candidates()));
    }

    private static String route(String device, String destination, String mask) {
        return device + "\t" + destination + "\t00000000\t0001\t0\t0\t0\t" + mask + "\t0\t0\t0      ";
    }

    private static RouteTable table(String... routes) {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        lines.addAll(List.of(routes));
        return new RouteTable(lines);
    }
}
