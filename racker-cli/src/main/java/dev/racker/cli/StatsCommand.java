package dev.racker.cli;

import dev.racker.cli.format.Formatted;
import dev.racker.harness.Containers;
import dev.racker.harness.RunningContainer;
import dev.racker.harness.Session;
import dev.racker.harness.console.Signals;
import dev.racker.harness.console.Terminals;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.machine.MachineUsage;
import dev.racker.harness.machine.UsageReader;
import dev.racker.harness.store.ContainerRecord;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what containers use, again and again. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description = "Show what containers use of processors, memory, network and disks.")
final class StatsCommand implements Callable<Integer> {

    private static final String CLEAR = "\033[H\033[2J";

    private final Session session;

    @Option(
            names = {"-a", "--all"},
            description = "Show those that do not run, too.")
    private boolean all;

    @Option(names = "--no-stream", description = "Show it once.")
    private boolean once;

    @Option(names = "--no-trunc", description = "Show whole ids.")
    private boolean whole;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Print table, json, or a template of Go for each container.")
    private String format;

    @Parameters(
            paramLabel = "CONTAINER",
            arity = "0..*",
            description = "The containers, by name or id (default: all that run).")
    private List<String> names = new ArrayList<>();

    private final Map<String, Sample> samples = new HashMap<>();

    StatsCommand(Session session) {
        this.session = session;
    }

    /** What a container used at a moment of the clock. */
    private record Sample(MachineUsage usage, long time) {}

    /** A container by the name that was asked for. */
    private record Wanted(String name, ContainerRecord record) {}

    @Override
    public Integer call() {
        Formatted formatted = Formatted.parse(format, StatsRow.COLUMNS, StatsRow.HEADINGS);
        return session.interruptible(signals -> show(formatted, signals));
    }

    private int show(Formatted formatted, Signals signals) {
        CountDownLatch end = new CountDownLatch(1);
        signals.deliver(name -> end.countDown(), end::countDown);
        try {
            PrintWriter out = new PrintWriter(session.out());
            boolean live = !once && Terminals.isTerminal(1);
            rows();
            while (!end.await(1, TimeUnit.SECONDS)) { // the share of a processor is that of the last second
                if (live) {
                    out.print(CLEAR);
                }
                formatted.print(out, rows());
                if (once) {
                    return ExitStatus.OK;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (HarnessException e) {
            session.tell(e);
            return ExitStatus.PARTIAL;
        }
        return signals.status();
    }

    private List<JsonNode> rows() {
        Containers containers = session.harness().containers();
        List<JsonNode> rows = new ArrayList<>();
        for (Wanted wanted : wanted(containers)) {
            ContainerRecord record = wanted.record();
            Sample before = samples.get(record.id());
            Sample now = sample(containers, record);
            samples.put(record.id(), now);
            String id = whole ? record.id() : record.shortId();
            rows.add(StatsRow.of(
                    wanted.name().isEmpty() ? id : wanted.name(), id, record.name(), share(before, now), now.usage()));
        }
        return rows;
    }

    private List<Wanted> wanted(Containers containers) {
        List<Wanted> wanted = new ArrayList<>();
        for (String name : names) {
            wanted.add(new Wanted(name, containers.get(name)));
        }
        if (names.isEmpty()) {
            for (ContainerRecord record : containers.list()) {
                if (all || containers.state(record).isRunning()) {
                    wanted.add(new Wanted("", record));
                }
            }
        }
        return wanted;
    }

    private Sample sample(Containers containers, ContainerRecord record) {
        long time = System.nanoTime();
        if (!containers.state(record).isRunning()) {
            return new Sample(null, time);
        }
        RunningContainer running = containers.running(record);
        UsageReader reader = new UsageReader(
                running.cgroups(), running.leader(), session.host().memory());
        return new Sample(reader.read(running.options().isolation().privateNetwork()), time);
    }

    private static double share(Sample before, Sample now) {
        if (before == null || before.usage() == null || now.usage() == null || now.time() <= before.time()) {
            return 0;
        }
        long used = now.usage().cpuNanos() - before.usage().cpuNanos();
        return Math.max(0, used) / (double) (now.time() - before.time());
    }
}
