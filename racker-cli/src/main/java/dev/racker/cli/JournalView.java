package dev.racker.cli;

import dev.racker.harness.Containers;
import dev.racker.harness.Session;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.process.Command.Output;
import dev.racker.harness.store.ContainerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The journal of a container's machine, as its own journalctl(1) shows it. */
final class JournalView {

    private static final Duration UNLIMITED = Duration.ofDays(3650);

    private final Session session;
    private final Containers containers;
    private final ContainerRecord record;

    JournalView(Session session, Containers containers, ContainerRecord record) {
        this.session = session;
        this.containers = containers;
        this.record = record;
    }

    int show(boolean follow, String tail, String since, String until) {
        session.out().flush();
        List<String> command = new ArrayList<>(List.of("journalctl", "--no-pager", "--quiet"));
        if (follow) {
            command.add("--follow");
        }
        command.add("--lines=" + tail);
        if (!since.isEmpty()) {
            command.add("--since=" + time(since));
        }
        if (!until.isEmpty()) {
            command.add("--until=" + time(until));
        }
        return containers
                .running(record)
                .machine()
                .run(Payload.of(command)
                        .stdout(Output.inherit())
                        .stderr(Output.inherit())
                        .timeout(UNLIMITED))
                .status();
    }

    /** systemd.time(7): a duration before now begins with a minus, seconds since 1970 with an at sign. */
    private static String time(String text) {
        boolean number = text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
        boolean duration = Character.isLetter(text.charAt(text.length() - 1)) && !text.endsWith("Z");
        return number ? "@" + text : duration ? "-" + text : text;
    }
}
