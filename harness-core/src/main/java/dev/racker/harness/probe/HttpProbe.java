package dev.racker.harness.probe;

import dev.racker.harness.probe.HttpExpectation.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks what an HTTP server answers to a GET.
 *
 * <p>As long as there is no answer, or one with a status from 500 to 599 that was not asked for, it tries again, up to the
 * network timeout: a server that starts does that. Any other answer is compared as it is, and a certificate that is not
 * trusted, or another protocol on the port, is no matter of time either.
 */
final class HttpProbe implements Probe {

    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(10);

    private final String subject;
    private final HttpExpectation expected;

    HttpProbe(String subject, HttpExpectation expected) {
        this.subject = subject;
        this.expected = expected;
    }

    /**
     * An answer, or why there is none.
     *
     * @param status 0 when there is none
     * @param url where it came from, after redirects
     * @param headers name and value, in their order
     * @param body its first megabyte as text
     * @param failure why there is none; empty when there is one
     * @param mayChange whether trying again may help
     */
    record Answer(int status, String url, List<String[]> headers, String body, String failure, boolean mayChange) {

        static Answer none(String failure, boolean mayChange) {
            return new Answer(0, "", List.of(), "", failure, mayChange);
        }

        /** The values of a header, with commas between them; null when it is not there. */
        String header(String name) {
            List<String> values = new ArrayList<>();
            for (String[] header : headers) {
                if (header[0].equalsIgnoreCase(name)) {
                    values.add(header[1]);
                }
            }
            return values.isEmpty() ? null : String.join(", ", values);
        }

        /** As much of it as helps to understand why it was not the right one. */
        String text() {
            StringBuilder text = new StringBuilder("Answer of ").append(url).append(':');
            headers.forEach(
                    header -> text.append("\n  ").append(header[0]).append(": ").append(header[1]));
            String[] lines = body.strip().split("\n");
            for (int i = 0; i < lines.length && i < 20; i++) {
                text.append("\n  ").append(TextPattern.shown(lines[i]));
            }
            return text.toString();
        }
    }

    @Override
    public String kind() {
        return "http";
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    public List<ProbeResult> run(ProbeContext context) {
        return Findings.of(
                this, "status", expected.statusText(), context.machine(), findings -> look(context, findings));
    }

    private List<ProbeResult> look(ProbeContext context, Findings findings) {
        Guest guest = new Guest(context.machine());
        Answer[] last = {Answer.none("nothing was tried", true)};
        try (Relay relay = Relay.open(context.machine());
                HttpExchange exchange = new HttpExchange(subject, expected, relay, new GuestNames(guest))) {
            NetworkWait.Ending ending = new NetworkWait(guest, context).until(most -> {
                last[0] = exchange.get(TcpProbe.shorter(most, LONGEST_ATTEMPT));
                return reasonToTryAgain(last[0]);
            });
            return judged(last[0], ending, guest, findings);
        }
    }

    private String reasonToTryAgain(Answer answer) {
        if (!answer.failure().isEmpty()) {
            return answer.mayChange() ? answer.failure() : "";
        }
        boolean starting = answer.status() >= 500 && !expected.accepts(answer.status());
        return starting ? Integer.toString(answer.status()) : "";
    }

    private List<ProbeResult> judged(Answer answer, NetworkWait.Ending ending, Guest guest, Findings findings) {
        if (!answer.failure().isEmpty()) {
            String actual = ending.worked() ? answer.failure() : ending.refusal();
            return List.of(
                    findings.fail("status", expected.statusText(), actual, () -> TcpProbe.detail(guest, ending)));
        }
        if (!expected.accepts(answer.status())) {
            String actual = ending.worked() ? Integer.toString(answer.status()) : ending.refusal();
            return List.of(findings.fail("status", expected.statusText(), actual, answer::text));
        }
        List<ProbeResult> results = new ArrayList<>();
        results.add(findings.pass("status", expected.statusText(), Integer.toString(answer.status())));
        for (Header header : expected.headers()) {
            results.add(header(answer, header, findings));
        }
        if (expected.body() != null) {
            boolean holds = expected.body().isIn(answer.body());
            String wanted = expected.body().toString();
            results.add(
                    holds
                            ? findings.pass("body", wanted, expected.body().lineIn(answer.body()))
                            : findings.fail("body", wanted, TextPattern.shown(answer.body()), answer::text));
        }
        return results;
    }

    private static ProbeResult header(Answer answer, Header header, Findings findings) {
        String property = "header " + header.name();
        String wanted = header.value() == null ? "present" : header.value().toString();
        String actual = answer.header(header.name());
        if (actual == null) {
            return findings.fail(property, wanted, "absent", answer::text);
        }
        return header.value() == null || header.value().isIn(actual)
                ? findings.pass(property, wanted, actual)
                : findings.fail(property, wanted, actual, answer::text);
    }
}
