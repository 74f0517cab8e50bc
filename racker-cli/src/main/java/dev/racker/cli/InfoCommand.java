package dev.racker.cli;

import dev.racker.harness.Harness;
import dev.racker.harness.Session;
import dev.racker.harness.Standbys;
import dev.racker.harness.acquire.CuratedReleases;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.host.Disks;
import dev.racker.harness.host.Host;
import dev.racker.harness.host.Tool;
import dev.racker.harness.host.ToolVersions;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StateDirectories;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Says what this host offers, which tools are missing, and where everything is kept; needs no root.
 *
 * <p>{@code --format json} prints one object on one line. Its keys are stable; a value that is not known is null:
 *
 * <ul>
 *   <li>{@code version}, {@code images}, {@code containers}
 *   <li>{@code standby}: {@code ready}, {@code wanted}
 *   <li>{@code control_plane}: {@code kind} (machined or direct), {@code reason}
 *   <li>{@code init}: {@code name}, {@code version}
 *   <li>{@code machined}, {@code user_namespaces}, {@code overlay}: {@code available}, {@code detail}
 *   <li>{@code cgroup}: {@code layout} (unified, hybrid, legacy or none), {@code controllers}
 *   <li>{@code privileges}: {@code root}, {@code user_id}, {@code missing_capabilities}
 *   <li>{@code inotify}: {@code max_user_instances}, {@code max_user_watches}, {@code machines_at_once}
 *   <li>{@code kernel}: {@code release}, {@code architecture}
 *   <li>{@code operating_system}: {@code id}, {@code version}, {@code name}, {@code package_manager} (apt, dnf, zypper,
 *       pacman)
 *   <li>{@code cpus}, {@code memory_bytes}, {@code java_version}
 *   <li>{@code directories}, a list: {@code name} (state, cache, run), {@code path}, {@code exists},
 *       {@code used_bytes}, {@code free_bytes}, {@code total_bytes}, {@code type}
 *   <li>{@code tools}, a list: {@code name}, {@code path} (null when it is missing), {@code version}, {@code package},
 *       {@code purpose}
 *   <li>{@code install_command}, which brings all missing tools; null when none is missing
 *   <li>{@code warnings}, a list of texts
 * </ul>
 */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = "Say what this host offers, what is missing, and where everything is kept.")
final class InfoCommand implements Callable<Integer> {

    private final Host host;
    private final CommandRunner runner;
    private final Installation installation;
    private final PrintWriter out;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "table|json",
            defaultValue = "table",
            description = "How to print: table (default) or json.")
    private String format = "table";

    InfoCommand(Host host, CommandRunner runner, Installation installation, PrintWriter out) {
        this.host = host;
        this.runner = runner;
        this.installation = installation;
        this.out = out;
    }

    static InfoCommand of(Session session) {
        Installation installation = new Installation(
                Version.number(),
                session.directories(),
                () -> session.store().images().list().images().size(),
                () -> session.store().containers().list().size(),
                () -> waiting(
                        Harness.open(session.directories(), session.runner(), session.host(), CuratedReleases::none)
                                .standbys()
                                .list())); // nothing is swept or required
        return new InfoCommand(session.host(), session.runner(), installation, new PrintWriter(session.out()));
    }

    /**
     * This installation of racker.
     *
     * @param version of racker
     * @param directories where everything is kept
     * @param images counts the images; may throw {@link HarnessException} when this user may not know
     * @param containers counts the containers; may throw {@link HarnessException} when this user may not know
     * @param waiting counts the machines on standby; may throw {@link HarnessException} when this user may not know
     */
    record Installation(
            String version,
            StateDirectories directories,
            IntSupplier images,
            IntSupplier containers,
            Supplier<InfoReport.Waiting> waiting) {}

    private static InfoReport.Waiting waiting(List<Standbys.View> views) {
        int ready = 0;
        int wanted = 0;
        for (Standbys.View view : views) {
            ready += view.ready().size();
            wanted += view.setting().count();
        }
        return new InfoReport.Waiting(ready, wanted);
    }

    @Override
    public Integer call() {
        boolean json = format.equals("json");
        if (!json && !format.equals("table")) {
            throw new HarnessException(
                    "Tried to print in the format '" + format + "', but info knows only table and json.",
                    "Use --format json and a program such as jq to select from it.");
        }
        InfoReport report = report();
        if (json) {
            JsonOutput.print(out, InfoJson.tree(report));
        } else {
            InfoTable.print(report, out);
        }
        out.flush();
        return 0;
    }

    private InfoReport report() {
        // A wrong setting ends this before anything is started.
        host.controlPlane();
        StateDirectories directories = installation.directories();
        try (Disks.Measurement measurement =
                new Disks(runner).measure(List.of(directories.state(), directories.cache(), directories.run()))) {
            Map<Tool, String> versions = new ToolVersions(runner).of(host);
            return new InfoReport(
                    installation.version(),
                    host,
                    versions,
                    measurement.await(),
                    count(installation.images()),
                    count(installation.containers()),
                    known(installation.waiting()));
        }
    }

    private static OptionalInt count(IntSupplier counter) {
        return known(counter::getAsInt).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** Who is not root may not read the store, and must get the rest of the report all the same. */
    private static <T> Optional<T> known(Supplier<T> fact) {
        try {
            return Optional.of(fact.get());
        } catch (HarnessException notAllowed) {
            return Optional.empty();
        }
    }
}
