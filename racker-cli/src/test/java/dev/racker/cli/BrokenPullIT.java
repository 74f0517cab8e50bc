package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.racker.cli.TestRacker.Result;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Pulls that are killed or interrupted in the middle. */
class BrokenPullIT extends RegistryCase {

    private static final long DEADLINE_SECONDS = 60;

    @Test
    void a_pull_from_a_registry_that_is_killed_leaves_nothing_to_the_next_command() throws Exception {
        push("big:1", layout("big", incompressible("big")));
        String other = push("other:1", layout("other"));
        pull(other).ok();
        String layer = layers().get(0);
        try (StallingProxy proxy = new StallingProxy(registry.host(), 1 << 20)) {
            String name = proxy.host() + "/big:1";
            Process pull = racker.start("pull", "--tls-verify=false", name);
            assertTrue(proxy.stalled().await(DEADLINE_SECONDS, TimeUnit.SECONDS), "nothing was downloaded");
            String removed = racker.run("rmi", other).ok();
            assertTrue(removed.startsWith("Untagged: " + other + "\nDeleted: sha256:"), removed);
            assertEquals(2, removed.lines().count(), removed); // the pull might want the layer

            kill(pull);

            assertFalse(temporary().isEmpty(), "it was killed too late");
            racker.run("ps", "-a").ok();
            racker.assertNothingLeft();
            assertEquals(
                    "Deleted: " + layer + "\n",
                    racker.run("rmi", "--force", other).ok());
            proxy.resume();
            pull(name).ok();
            racker.run("rmi", name).ok();
            assertStoreIsEmpty();
        }
    }

    @Test
    void a_pull_from_a_registry_that_is_interrupted_leaves_nothing() throws Exception {
        push("wide:1", layout("wide", incompressible("wide")));
        try (StallingProxy proxy = new StallingProxy(registry.host(), 1 << 20)) {
            Process pull = racker.start("pull", "--tls-verify=false", proxy.host() + "/wide:1");
            assertTrue(proxy.stalled().await(DEADLINE_SECONDS, TimeUnit.SECONDS), "nothing was downloaded");

            racker.signal("INT", pull);

            Result result = TestRacker.finish(pull, InputStream.nullInputStream());
            assertEquals(130, result.status(), result.toString());
            assertFalse(result.err().contains("Tried to"), result.toString());
            racker.assertNothingLeft();
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
                StallingProxy.await(resume);
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
            racker.assertNothingLeft();
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

    private void kill(Process process) throws Exception {
        racker.signal("KILL", process);
        assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS));
    }
}
