package dev.racker.postroj;

import static dev.racker.harness.Eventually.eventuallyNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.SyntheticImages;
import dev.racker.harness.TestImage;
import dev.racker.harness.TestProgram;
import dev.racker.harness.TestProgram.Ended;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.store.StoredImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real program, started in a Java of its own, with state, cache and runtime directories that all tests of this
 * process share; tests get it with {@code @ExtendWith(TestPostroj.Shared.class)} and a parameter.
 */
public final class TestPostroj implements AutoCloseable {

    /** Debian bookworm without package sources: nothing is asked of any network. */
    static final String OFFLINE = "bookworm:offline";

    /** Debian bookworm with the package sources that mmdebstrap gave it; its apt brings no more than it must. */
    static final String BOOKWORM = "debian-bookworm";

    static final boolean MACHINED = "machined".equals(System.getProperty("racker.test.plane"));

    private static final Duration DEADLINE = Duration.ofSeconds(400);

    /** What a call printed, how it ended, and its report when it was asked for one. */
    record Result(int status, String out, String err, JsonNode report) {

        /** The one cell of a run. */
        JsonNode cell() {
            assertEquals(1, report.get("cells").size(), this::toString);
            return report.get("cells").get(0);
        }

        JsonNode cell(String subject) {
            for (JsonNode cell : report.get("cells")) {
                if (cell.get("subject").asString().equals(subject)) {
                    return cell;
                }
            }
            throw new AssertionError("there is no cell " + subject + ":\n" + this);
        }

        /** Each step of a cell with its verdict: {@code boot PASS}. */
        static List<String> steps(JsonNode cell) {
            List<String> steps = new ArrayList<>();
            cell.get("steps")
                    .forEach(step -> steps.add(step.get("name").asString() + " "
                            + step.get("verdict").asString()));
            return steps;
        }

        /** The first step of a name. */
        static JsonNode step(JsonNode cell, String name) {
            for (JsonNode step : cell.get("steps")) {
                if (step.get("name").asString().equals(name)) {
                    return step;
                }
            }
            throw new AssertionError("there is no step " + name + ":\n" + cell.toPrettyString());
        }

        /** The checks of a cell that did not pass: {@code install unit foo.service ActiveState: failed}. */
        static List<String> bad(JsonNode cell) {
            List<String> bad = new ArrayList<>();
            for (JsonNode step : cell.get("steps")) {
                for (JsonNode check : step.get("checks")) {
                    if (!check.get("verdict").asString().equals("PASS")) {
                        bad.add(step.get("name").asString() + " "
                                + check.get("kind").asString() + " "
                                + check.get("subject").asString() + " "
                                + check.get("property").asString() + ": "
                                + check.get("actual").asString());
                    }
                }
            }
            return bad;
        }

        @Override
        public String toString() {
            return "status " + status + "\nout: " + out + "\nerr: " + err
                    + (report == null ? "" : "\nreport: " + report.toPrettyString());
        }
    }

    private final TestImage image = TestImage.create();
    private final CommandRunner runner = new CommandRunner();
    private final Path base = image.directories().state().getParent();
    private final Map<String, String> environment = new TreeMap<>();
    private int reports;

    TestPostroj() {
        environment.put("RACKER_STATE_DIR", image.directories().state().toString());
        environment.put("RACKER_CACHE_DIR", image.directories().cache().toString());
        environment.put("RACKER_RUN_DIR", image.directories().run().toString());
        environment.put("RACKER_IMAGES_DIR", base.resolve("images.d").toString());
        create(base.resolve("images.d"));
        create(base.resolve("files"));
        image.changed(OFFLINE, Map.of("etc/apt/sources.list", ""));
        named(
                BOOKWORM,
                image.changed(
                        "bookworm:lean",
                        Map.of(
                                "etc/apt/apt.conf.d/lean",
                                "Acquire::Languages \"none\";\nAPT::Install-Recommends \"false\";\n")));
    }

    private static Path create(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory for what tests make. */
    Path files() {
        return base.resolve("files");
    }

    /** Where the user's own entries of the catalogue are. */
    Path ownImages() {
        return base.resolve("images.d");
    }

    TestImage image() {
        return image;
    }

    Map<String, String> environment() {
        return environment;
    }

    CommandRunner runner() {
        return runner;
    }

    /** Records an image by a label of the catalogue, as if it had been pulled. */
    String named(String name, StoredImage like) {
        image.harness()
                .store()
                .images()
                .put(new StoredImage(
                        name,
                        name,
                        like.digest(),
                        like.created(),
                        like.pulled(),
                        like.size(),
                        like.layers(),
                        like.config(),
                        like.source(),
                        like.platform(),
                        like.family(),
                        like.boot(),
                        like.bootLayer()));
        return name;
    }

    /** Another release of Debian under its label. */
    String debian(String suite) {
        return named("debian-" + suite, image.debian(suite));
    }

    /** An image of another family under a name of its own. */
    String synthetic(SyntheticImages.Manager manager) {
        SyntheticImages.put(image.harness(), manager);
        return manager.image();
    }

    /** Takes an image away from the store; its layers may stay. */
    void forget(String name) {
        image.harness().store().images().remove(name);
    }

    static List<String> command(String... arguments) {
        return TestProgram.command("dev.racker.postroj.Postroj", arguments);
    }

    /** Starts a call whose input and output are pipes. */
    Process start(String... arguments) throws IOException {
        return start(command(arguments));
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.directory(files().toFile());
        return builder.start();
    }

    Result run(String... arguments) throws Exception {
        return run(new byte[0], arguments);
    }

    Result run(byte[] input, String... arguments) throws Exception {
        return finish(start(arguments), new ByteArrayInputStream(input), null);
    }

    /** Calls the program through another one: {@code unshare --net}. */
    Result runThrough(List<String> before, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(command(arguments));
        return finish(start(command), InputStream.nullInputStream(), null);
    }

    /** Starts {@code pkgprobe} with a directory for the reports. */
    Process startProbe(Path directory, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("pkgprobe", "--report-dir=" + directory));
        words.addAll(Arrays.asList(arguments));
        return start(words.toArray(String[]::new));
    }

    /** Runs {@code pkgprobe} and reads its report, if it wrote one. */
    Result probe(String... arguments) throws Exception {
        Path directory = reportDirectory();
        return finish(startProbe(directory, arguments), InputStream.nullInputStream(), directory);
    }

    synchronized Path reportDirectory() {
        return files().resolve("report-" + reports++);
    }

    Result finish(Process process, InputStream input, Path reportDirectory) throws Exception {
        Ended ended = TestProgram.finish(process, input, DEADLINE);
        String out = new String(ended.out(), StandardCharsets.UTF_8);
        Result result = new Result(ended.status(), out, ended.err(), report(reportDirectory));
        learn(result);
        return result;
    }

    static JsonNode report(Path directory) throws IOException {
        Path file = directory == null ? null : directory.resolve("report.json");
        return file == null || !Files.exists(file) ? null : JsonMapper.shared().readTree(Files.readString(file));
    }

    /** What a machine leaves may carry its name. */
    private void learn(Result result) {
        if (result.report() != null) {
            for (JsonNode cell : result.report().get("cells")) {
                String name = cell.get("machine").asString();
                if (!name.isEmpty()) {
                    image.learn("--machine=" + name);
                }
            }
        }
    }

    void signal(String signal, Process process) {
        runner.run(Command.of("kill", "-s", signal, Long.toString(process.pid())));
    }

    /** Nothing of a machine is left: no file, mount, process, control group, unit, link or rule. */
    void assertNothingLeft() {
        eventuallyNothing(image::leftovers);
    }

    @Override
    public void close() {
        image.close();
    }

    /** Gives tests the one of their process. */
    public static final class Shared extends PostrojExtension {}
}
