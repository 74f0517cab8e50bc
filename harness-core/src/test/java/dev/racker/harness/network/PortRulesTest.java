package dev.racker.harness.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortRulesTest {

    private static final String MINE = " -m comment --comment racker:c1 -j ";

    @Test
    void a_port_is_translated_masqueraded_where_it_must_be_and_let_through() {
        assertEquals("""
                *nat
                -I PREROUTING ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -p tcp --dport 8080 -m comment --comment racker:c1 -j DNAT --to-destination 10.9.0.2:80
                -I OUTPUT -m addrtype --dst-type LOCAL -p tcp --dport 8080 -m comment --comment racker:c1 -j DNAT --to-destination 10.9.0.2:80
                -I POSTROUTING -s 10.9.0.0/24 -d 10.9.0.2 -p tcp --dport 80 -m conntrack --ctstate DNAT -m comment --comment racker:c1 -j MASQUERADE
                -I POSTROUTING -s 127.0.0.0/8 -d 10.9.0.2 -p tcp --dport 80 -m conntrack --ctstate DNAT -m comment --comment racker:c1 -j MASQUERADE
                COMMIT
                *filter
                -I FORWARD -d 10.9.0.2 -p tcp --dport 80 -m conntrack --ctstate DNAT -m comment --comment racker:c1 -j ACCEPT
                -I INPUT -i br0 -d 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -m comment --comment racker:c1 -j DROP
                COMMIT
                """, rules("8080:80").four());
    }

    @Test
    void a_range_is_one_rule_unless_its_numbers_change() {
        assertEquals(
                List.of("OUTPUT -m addrtype --dst-type LOCAL -p udp --dport 80:89" + MINE
                        + "DNAT --to-destination 10.9.0.2"),
                output(rules("80-89:80-89/udp").four()));
        assertEquals(3, output(rules("8080-8082:80-82").four()).size());
    }

    @Test
    void an_address_of_the_host_is_the_only_one_that_answers() {
        String rules = rules("127.0.0.1:8080:80").four();

        assertEquals(
                List.of("OUTPUT -d 127.0.0.1 -p tcp --dport 8080" + MINE + "DNAT --to-destination 10.9.0.2:80"),
                output(rules));
        assertFalse(rules.contains("PREROUTING"));
        assertEquals(List.of(), output(rules("127.0.0.1:8080:80").six()));
    }

    @Test
    void ipv6_answers_on_all_addresses_but_the_loopback() {
        assertEquals(
                List.of("OUTPUT ! -d ::1/128 -m addrtype --dst-type LOCAL -p tcp --dport 8080" + MINE
                        + "DNAT --to-destination [fd00:9::2]:80"),
                output(rules("8080:80").six()));
        assertEquals(List.of(), output(rules("[fd00::1]:8080:80").four()));
    }

    private static PortRules rules(String port) {
        Connection place = new Connection(
                "bridge",
                "id",
                "br0",
                "eth0",
                "02:00:00:00:00:01",
                "10.9.0.2",
                24,
                "10.9.0.1",
                "fd00:9::2",
                64,
                "fd00:9::1",
                false,
                List.of());
        return new PortRules("c1", "br0", place, List.of(PortMapping.parse(port)));
    }

    private static List<String> output(String rules) {
        List<String> lines = new ArrayList<>();
        rules.lines().filter(line -> line.startsWith("-I OUTPUT")).forEach(line -> lines.add(line.substring(3)));
        return lines;
    }
}
