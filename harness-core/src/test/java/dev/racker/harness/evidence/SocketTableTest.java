package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketTableTest {

    @Test
    void only_sockets_that_wait_are_listed() throws IOException {
        String table =
                new String(SocketTableTest.class.getResourceAsStream("net/tcp").readAllBytes(), StandardCharsets.UTF_8);

        List<SocketTable.Socket> sockets = SocketTable.parse("tcp", table);

        assertEquals(List.of(new SocketTable.Socket("tcp", "0.0.0.0", 80, "7929459")), sockets);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, [::]",
        "00000000000000000000000001000000, [::1]",
        "0000000000000000FFFF00000100007F, [::ffff:7f00:1]",
        "B80D0120000000000000000001000000, [2001:db8::1]",
        "000080FE00000000FF005450B6AD1DFE, [fe80::5054:ff:fe1d:adb6]",
    })
    void addresses_of_ipv6_are_written_short(String hex, String address) {
        String line = "   0: " + hex + ":18EB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000"
                + " 00000000   101        0 4711 1 0000000000000000 100 0 0 10 0";

        SocketTable.Socket socket = SocketTable.parse("tcp6", line).get(0);

        assertEquals(address + ":6379", socket.local());
    }

    @Test
    void a_socket_of_this_process_is_listed_with_its_name_and_number() throws IOException {
        long self = ProcessHandle.current().pid();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String table = new SocketTable(Path.of("/proc"), self).render();

            String line = table.lines()
                    .filter(each -> each.contains(":" + server.getLocalPort() + " "))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(table));
            assertTrue(line.startsWith("tcp   LISTEN "), line);
            assertTrue(line.matches(".* \\S+ \\(pid " + self + "\\)"), line);
        }
    }
}
