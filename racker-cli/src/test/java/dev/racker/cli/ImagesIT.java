package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.racker.cli.TestRacker.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code racker pull}, {@code images} and {@code rmi} of images in a real registry, also against each other. */
@ExtendWith(TestRacker.Own.class)
class ImagesIT {

    private static final long DEADLINE_SECONDS = 60;

    private static Path shared;
    private static Registry registry;

    private TestRacker racker;

    @BeforeAll
    static void serve(TestRacker owner) throws IOException {
        shared = owner.files();
        registry = new Registry(shared);
    }

    @AfterAll
    static void stop() throws Exception {
        registry.stop();
    }

    @BeforeEach
    void open(TestRacker own) {
        racker = own;
    }

    @Test
    void a_pull_tells_what_docker_tells() throws Exception {
        String name = push("wording:1", layout("wording"));
        String digest = digest(name);

        assertEquals(
                "1: Pulling from wording\nDigest: " + digest + "\nStatus: Downloaded newer image for " + name + "\n"
                        + name + "\n",
                pull(name).ok());
        assertEquals(
                "1: Pulling from wording\nDigest: " + digest + "\nStatus: Image is up to date for " + name + "\n" + name
                        + "\n",
                pull(name).ok());
    }

    @Test
    void a_quiet_pull_prints_only_the_name() throws Exception {
        String name = push("quiet:1", layout("quiet"));

        Result result = racker.run("pull", "--quiet", "--tls-verify=false", name);

        assertEquals(name + "\n", result.ok());
        assertEquals("", result.err());
    }

    @Test
    void a_moved_tag_is_seen_and_the_old_layers_go_with_the_next_removal() throws Exception {
        String name = push("moved:1", layout("before"));
        pull(name).ok();
        List<String> before = layers();
        push("moved:1", layout("after"));

        String pulled = pull(name).ok();

        assertTrue(pulled.contains("Digest: " + digest(name) + "\nStatus: Downloaded newer image for "), pulled);
        assertEquals("after\n", marker(name));
        assertEquals(1, before.size());
        String removed = racker.run("rmi", name).ok();
        assertTrue(removed.contains("Deleted: " + before.get(0) + "\n"), removed);
        assertStoreIsEmpty();
    }

    @Test
    void images_are_listed_as_docker_lists_them() throws Exception {
        String name = push("listed:1.2", layout("listed"));
        pull(name).ok();
        String repository = name.substring(0, name.lastIndexOf(':'));
        String digest = digest(name);
        String id = digest.substring("sha256:".length(), "sha256:".length() + 12);

        List<String> table = racker.run("images").ok().lines().toList();
        assertEquals(2, table.size(), table.toString());
        assertEquals("REPOSITORY TAG IMAGE ID CREATED SIZE", table.get(0).replaceAll(" +", " "));
        assertTrue(table.get(1).replaceAll(" +", " ").startsWith(repository + " 1.2 " + id + " "), table.get(1));
        List<String> digests = racker.run("images", "--digests").ok().lines().toList();
        assertEquals(
                "REPOSITORY TAG DIGEST IMAGE ID CREATED SIZE", digests.get(0).replaceAll(" +", " "));
        assertTrue(
                digests.get(1).replaceAll(" +", " ").startsWith(repository + " 1.2 " + digest + " " + id + " "),
                digests.get(1));
        assertEquals(id + "\n", racker.run("images", "-q").ok());
        JsonNode json = new JsonMapper()
                .readTree(racker.run("images", "--format", "json").ok());
        assertEquals(id, json.get("ID").stringValue());
        assertEquals(repository, json.get("Repository").stringValue());
        assertEquals("1.2", json.get("Tag").stringValue());
        assertEquals(digest, json.get("Digest").stringValue());
        assertTrue(json.get("Bytes").longValue() > 0, json.toString());
    }

    @Test
    void a_removed_image_leaves_nothing_in_the_store() throws Exception {
        String name = push("removed:1", layout("removed"));
        pull(name).ok();
        List<String> layers = layers();
        assertEquals(1, layers.size());
        assertFalse(children("oci/blobs/sha256").isEmpty());

        assertEquals(
                "Untagged: " + name + "\nDeleted: " + layers.get(0) + "\n",
                racker.run("rmi", name).ok());

        assertStoreIsEmpty();
        assertEquals("", racker.run("images", "-q").ok());
    }

    @Test
    void a_missing_image_cannot_be_removed() throws Exception {
        Result result = racker.run("rmi", "nope:1");

        assertEquals(1, result.status());
        assertEquals("", result.out());
        assertEquals(
                "racker: Tried to remove image \"nope:1\", but there is no such image.\nSee `racker images`.\n",
                result.err());
        assertEquals("", racker.run("rmi", "--force", "nope:1").ok());
    }

    @Test
    void an_image_whose_record_is_damaged_is_removed_as_any_other() throws Exception {
        String name = push("damaged:1", layout("damaged"));
        pull(name).ok();
        String layer = layers().get(0);
        Path record =
                racker.state().resolve("images").resolve(children("images").get(0));
        Files.writeString(record, "{\"format\":1,");

        assertEquals(
                "Untagged: " + name + "\nDeleted: " + layer + "\n",
                racker.run("rmi", name).ok());

        assertStoreIsEmpty();
    }

    @Test
    void an_image_that_a_stopped_container_uses_is_removed_only_by_force() throws Exception {
        String name = push("used:1", layout("used"));
        pull(name).ok();
        racker.run("run", "--name=stopped", "--network=none", name, "true").ok();

        Result refused = racker.run("rmi", name);

        assertEquals(1, refused.status(), refused.toString());
        assertEquals("", refused.out());
        assertEquals(
                "racker: Tried to remove image " + name + ", but the stopped container stopped uses it.\n"
                        + "Remove that container with `racker rm stopped`, or use --force.\n",
                refused.err());
        assertEquals("used\n", marker(name));
        assertTrue(racker.run("rmi", "--force", name).ok().startsWith("Untagged: " + name + "\nDeleted: "));
        assertEquals("", racker.run("ps", "-aq").ok());
        assertStoreIsEmpty();
    }

    @Test
    void a_pull_and_a_removal_of_one_image_do_not_harm_each_other() throws Exception {
        Path layout = layout("contended");
        String name = push("contended:1", layout);
        String bystander = push("bystander:1", layout);
        pull(bystander).ok();
        for (int round = 0; round < 20; round++) {
            Process pull = racker.start("pull", "--tls-verify=false", name);
            String first = "";
            if (round % 2 == 0) {
                first = pull.inputReader().readLine(); // it is at work then
            }
            Process rmi = racker.start("rmi", name);
            Result removed = finish(rmi);
            Result pulled = finish(pull);
            assertTrue(first != null, pulled.toString());
            assertWorkedOrSaidWhy(pulled);
        }

        assertEquals("contended\n", marker(bystander));
        pull(name).ok();
        assertEquals("contended\n", marker(name));
        racker.run("rmi", name, bystander).ok();
        assertStoreIsEmpty();
    }

    @Test
    void two_pulls_of_one_image_at_the_same_time_both_give_it() throws Exception {
        String name = push("twice:1", layout("twice"));
        Process one = racker.start("pull", "--tls-verify=false", name);
        Process other = racker.start("pull", "--tls-verify=false", name);

        String told = finish(one).ok() + finish(other).ok();

        assertTrue(told.contains("Status: Downloaded newer image for "), told);
        assertTrue(told.contains("Status: Image is up to date for "), told);
        assertEquals(1, layers().size());
        assertEquals("twice\n", marker(name));
    }

    @Test
    void a_run_and_a_removal_of_one_image_do_not_harm_each_other() throws Exception {
        String debian = TestArchives.debian().toString();
        racker.run("pull", "--quiet", debian).ok();
        for (int round = 0; round < 3; round++) {
            Process run = racker.start("run", "--rm", "--network=none", debian, "cat", "/proc/1/comm");
            Process rmi = racker.start("rmi", debian);
            Result ran = finish(run);
            Result removed = finish(rmi);
            assertWorkedOrSaidWhy(removed);
            assertWorkedOrSaidWhy(ran);
            racker.assertNothingLeft();
        }

        racker.run("rmi", "--force", debian).ok();
        assertStoreIsEmpty();
    }

    @Test
    void a_pull_from_a_registry_that_is_killed_leaves_nothing_to_the_next_command() throws Exception {
        Path tree = Files.createDirectories(shared.resolve("big/usr"));
        byte[] incompressible = new byte[8 << 20];
        new Random(1).nextBytes(incompressible);
        Files.write(tree.resolve("big"), incompressible);
        push("big:1", layout("big", shared.resolve("big")));
        String other = push("other:1", layout("other"));
        pull(other).ok();
        String layer = layers().get(0);
        try (Proxy proxy = new Proxy(registry.port(), 1 << 20)) {
            String name = "127.0.0.1:" + proxy.port() + "/big:1";
            Process pull = racker.start("pull", "--tls-verify=false", name);
            assertTrue(proxy.stalled.await(DEADLINE_SECONDS, TimeUnit.SECONDS), "nothing was downloaded");
            assertEquals("Untagged: " + other + "\n", racker.run("rmi", other).ok()); // the pull might want the layer

            kill(pull);

            assertFalse(temporary().isEmpty(), "it was killed too late");
            racker.run("ps", "-a").ok();
            assertNothingTemporary();
            assertEquals(
                    "Deleted: " + layer + "\n",
                    racker.run("rmi", "--force", other).ok());
            proxy.resume.countDown();
            pull(name).ok();
            racker.run("rmi", name).ok();
            assertStoreIsEmpty();
        }
    }

    @Test
    void a_pull_from_a_registry_that_is_interrupted_leaves_nothing() throws Exception {
        Path tree = Files.createDirectories(shared.resolve("wide/usr"));
        byte[] incompressible = new byte[8 << 20];
        new Random(2).nextBytes(incompressible);
        Files.write(tree.resolve("wide"), incompressible);
        push("wide:1", layout("wide", shared.resolve("wide")));
        try (Proxy proxy = new Proxy(registry.port(), 1 << 20)) {
            Process pull = racker.start("pull", "--tls-verify=false", "127.0.0.1:" + proxy.port() + "/wide:1");
            assertTrue(proxy.stalled.await(DEADLINE_SECONDS, TimeUnit.SECONDS), "nothing was downloaded");

            racker.signal("INT", pull);

            Result result = finish(pull);
            assertEquals(130, result.status(), result.toString());
            assertFalse(result.err().contains("Tried to"), result.toString());
            assertNothingTemporary();
            assertEquals(List.of(), layers());
        }
    }

    @Test
    void a_download_of_a_tarball_that_is_killed_leaves_nothing_to_the_next_command() throws Exception {
        byte[] tarball = Files.readAllBytes(
                TestArchives.tar(TestArchives.busybox(racker.files().resolve("served"))));
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch resume = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, tarball.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(tarball, 0, tarball.length / 2);
                body.flush();
                arrived.countDown();
                await(resume);
                body.write(tarball, tarball.length / 2, tarball.length - tarball.length / 2);
            }
        });
        server.start();
        try {
            String name = "http://127.0.0.1:" + server.getAddress().getPort() + "/served.tar";
            Process pull = racker.start("pull", name);
            assertTrue(arrived.await(DEADLINE_SECONDS, TimeUnit.SECONDS), "nothing was asked for");

            kill(pull);

            assertFalse(temporary().isEmpty(), "it was killed too late");
            racker.run("ps", "-a").ok();
            assertNothingTemporary();
            resume.countDown();
            racker.run("pull", name).ok();
            assertEquals("served\n", marker(name));
            racker.run("rmi", name).ok();
            assertStoreIsEmpty();
        } finally {
            resume.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private Result pull(String name) throws Exception {
        return racker.run("pull", "--tls-verify=false", name);
    }

    /** What the image's own file says, read in a container of it. */
    private String marker(String name) throws Exception {
        return racker.run("run", "--rm", "--pull=never", "--network=none", name, "cat", "/etc/marker")
                .ok();
    }

    private static Result finish(Process process) throws Exception {
        return TestRacker.finish(process, InputStream.nullInputStream());
    }

    private void kill(Process process) throws Exception {
        racker.signal("KILL", process);
        assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS));
    }

    private static void assertWorkedOrSaidWhy(Result result) {
        boolean told =
                result.err().contains("racker: Tried to ") && result.err().contains(", but ");
        assertTrue(result.status() == 0 || told, result.toString());
        assertFalse(result.err().contains("Exception"), result.toString());
    }

    private List<String> layers() throws IOException {
        return children("layers").stream()
                .filter(layer -> !layer.startsWith("."))
                .toList();
    }

    private List<String> temporary() throws IOException {
        List<String> found = new ArrayList<>();
        for (String directory : List.of("layers", "oci", "images")) {
            children(directory).stream()
                    .filter(child -> child.startsWith(".tmp-") || child.startsWith("oci-put-blob"))
                    .forEach(found::add);
        }
        return found;
    }

    private void assertNothingTemporary() throws IOException {
        assertEquals(List.of(), temporary());
        assertEquals(List.of(), list(racker.runDirectory().resolve("locks")));
    }

    private void assertStoreIsEmpty() throws IOException {
        for (String directory : List.of("layers", "images", "oci/blobs/sha256", "ephemeral", "containers", "names")) {
            assertEquals(List.of(), children(directory), directory);
        }
        assertNothingTemporary();
    }

    private List<String> children(String directory) throws IOException {
        return list(racker.state().resolve(directory));
    }

    private static List<String> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of(); // never made
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private Path layout(String marker) throws IOException {
        return layout(marker, TestArchives.busybox(shared.resolve(marker)));
    }

    private Path layout(String name, Path tree) {
        Path layout = shared.resolve(name + "-oci");
        String image = layout + ":latest";
        racker.tool("umoci", "init", "--layout", layout.toString());
        racker.tool("umoci", "new", "--image", image);
        racker.tool(
                "umoci",
                "raw",
                "add-layer",
                "--image",
                image,
                TestArchives.tar(tree).toString());
        return layout;
    }

    /** Gives the name to pull it by. */
    private String push(String name, Path layout) {
        String pushed = "127.0.0.1:" + registry.port() + "/" + name;
        racker.tool(
                "skopeo",
                "copy",
                "--quiet",
                "--dest-tls-verify=false",
                "oci:" + layout + ":latest",
                "docker://" + pushed);
        return pushed;
    }

    private String digest(String name) {
        return racker.tool("skopeo", "inspect", "--tls-verify=false", "--format={{.Digest}}", "docker://" + name)
                .text()
                .strip();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** docker-registry on a free port of the loopback interface. */
    private static final class Registry {

        private final Process process;
        private final Thread drain;
        private final int port;

        Registry(Path directory) throws IOException {
            Path config =
                    Files.writeString(directory.resolve("registry.yml"), """
                    version: 0.1
                    log: {level: info}
                    storage: {filesystem: {rootdirectory: "%s"}}
                    http: {addr: "127.0.0.1:0"}
                    """.formatted(directory.resolve("registry")));
            process = new ProcessBuilder("docker-registry", "serve", config.toString())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader log = process.inputReader();
            port = port(log);
            drain = daemon("registry log", () -> log.transferTo(Writer.nullWriter()));
        }

        private static int port(BufferedReader log) throws IOException {
            String marker = "listening on 127.0.0.1:";
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                int start = line.indexOf(marker);
                if (start >= 0) {
                    return Integer.parseInt(
                            line.substring(start + marker.length()).replaceFirst("\\D.*", ""));
                }
            }
            throw new IOException("docker-registry has ended before it listened");
        }

        int port() {
            return port;
        }

        void stop() throws InterruptedException {
            process.destroy();
            process.waitFor();
            drain.join();
        }
    }

    /** Passes on everything to a port, but no more than some bytes from it until it may. */
    private static final class Proxy implements AutoCloseable {

        final CountDownLatch stalled = new CountDownLatch(1);
        final CountDownLatch resume = new CountDownLatch(1);
        private final AtomicLong left;
        private final int target;
        private final ServerSocket server;

        Proxy(int target, long limit) throws IOException {
            this.target = target;
            this.left = new AtomicLong(limit);
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            daemon("proxy", this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        private void accept() throws IOException {
            while (true) {
                Socket client = server.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                daemon("proxy request", () -> pass(client, upstream, false));
                daemon("proxy answer", () -> pass(upstream, client, true));
            }
        }

        private void pass(Socket from, Socket to, boolean limited) throws IOException {
            try (from;
                    to) {
                byte[] buffer = new byte[1 << 14];
                for (int n = from.getInputStream().read(buffer);
                        n >= 0;
                        n = from.getInputStream().read(buffer)) {
                    if (limited && left.addAndGet(-n) < 0) {
                        stalled.countDown();
                        await(resume);
                    }
                    to.getOutputStream().write(buffer, 0, n);
                }
            }
        }

        @Override
        public void close() throws IOException {
            resume.countDown();
            server.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread daemon(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        return; // one of the two ends is gone, as the tests mean it
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
