package dev.racker.harness.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * Checks that a program is bound to a UDP port.
 *
 * <p>It sends a datagram of one line feed. An answer proves the port open, and the kernel's "port unreachable" proves it
 * closed. Silence proves nothing, since a server need not answer what it does not understand; then the port counts as open
 * when the machine's own table of sockets has one bound to it, and so never for an address of another host.
 */
final class UdpProbe implements Probe {

    /** The kernel's refusal of a local port comes at once; a server may need a moment. */
    private static final Duration ANSWER = Duration.ofMillis(300);

    private static final String EXPECTED = "something is bound";

    private final String subject;
    private final Endpoint endpoint;

    UdpProbe(String subject, Endpoint endpoint) {
        this.subject = subject;
        this.endpoint = endpoint;
    }

    @Override
    public String kind() {
        return "udp";
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
        boolean[] answered = new boolean[1];
        try (Relay relay = Relay.open(context.machine())) {
            NetworkWait.Ending ending = new NetworkWait(guest, context).until(most -> {
                String refusal = "";
                for (InetAddress address : names.resolve(endpoint.host())) {
                    String seen = seen(relay, guest, address);
                    answered[0] = seen.equals("answered");
                    if (answered[0] || seen.equals("bound")) {
                        return "";
                    }
                    refusal = refusal.isEmpty() ? seen : refusal;
                }
                return refusal;
            });
            if (ending.worked()) {
                return List.of(findings.pass(
                        "port", EXPECTED, answered[0] ? "answered" : "bound, without an answer to what was sent"));
            }
            return List.of(findings.fail("port", EXPECTED, ending.refusal(), () -> TcpProbe.detail(guest, ending)));
        }
    }

    private String seen(Relay relay, Guest guest, InetAddress address) throws IOException {
        String answer = relay.ask(address, endpoint.port(), ANSWER);
        return switch (answer) {
            case "answered" -> "answered";
            case "refused" -> "port unreachable";
            case "silent" ->
                ListeningSockets.of(guest.machine().leader()).hasUdp(address, endpoint.port()) ? "bound" : "no answer";
            default -> answer;
        };
    }
}
