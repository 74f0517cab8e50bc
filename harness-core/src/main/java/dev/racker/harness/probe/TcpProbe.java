package dev.racker.harness.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** Checks that a TCP port accepts a connection: that the kernel does, for a program that listens; nothing is said on it. */
final class TcpProbe implements Probe {

    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(5);
    private static final String EXPECTED = "accepts a connection";

    private final String subject;
    private final Endpoint endpoint;

    TcpProbe(String subject, Endpoint endpoint) {
        this.subject = subject;
        this.endpoint = endpoint;
    }

    @Override
    public String kind() {
        return "tcp";
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    public List<ProbeResult> run(ProbeContext context) {
        return Findings.of(this, "port", EXPECTED, context.machine(), findings -> look(context, findings));
    }

    private List<ProbeResult> look(ProbeContext context, Findings findings) {
        Guest guest = new Guest(context.machine());
        GuestNames names = new GuestNames(guest);
        try (Relay relay = Relay.open(context.machine())) {
            NetworkWait.Ending ending = new NetworkWait(guest, context)
                    .until(most -> refusal(relay, names.resolve(endpoint.host()), shorter(most, LONGEST_ATTEMPT)));
            return List.of(
                    ending.worked()
                            ? findings.pass("port", EXPECTED, EXPECTED)
                            : findings.fail("port", EXPECTED, ending.refusal(), () -> detail(guest, ending)));
        }
    }

    private String refusal(Relay relay, List<InetAddress> addresses, Duration most) throws IOException {
        String reason = "";
        for (InetAddress address : addresses) {
            try (SocketChannel channel = relay.connect(address, endpoint.port(), most)) {
                if (channel.isOpen()) {
                    return "";
                }
            } catch (ConnectException e) {
                // The first address is the one to tell of: ::1 of localhost is only tried in addition.
                reason = reason.isEmpty() ? String.valueOf(e.getMessage()) : reason;
            }
        }
        return reason.isEmpty() ? "no address" : reason;
    }

    static Duration shorter(Duration left, Duration most) {
        Duration least = Duration.ofSeconds(1);
        Duration shorter = left.compareTo(most) < 0 ? left : most;
        return shorter.compareTo(least) < 0 ? least : shorter;
    }

    /** Explains why nobody answered: what failed, and what listens instead. */
    static String detail(Guest guest, NetworkWait.Ending ending) {
        String sockets = ListeningSockets.of(guest.machine().leader()).text();
        return ending.failedUnit().isEmpty()
                ? sockets
                : UnitProbe.unitDetail(guest, ending.failedUnit()) + "\n" + sockets;
    }
}
