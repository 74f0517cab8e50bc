package dev.racker.harness.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.acquire.RegistryException.Kind;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.process.Cancellation;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandRunner;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.ArchiveWriter;
import dev.racker.harness.store.OciLayout;
import dev.racker.harness.store.StoredImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images sent to a real registry that wants a log-in, and brought back. */
class PushIT {

    private static final CommandRunner RUNNER = new CommandRunner();

    @TempDir
    Path temporary;

    private LoopbackRegistry registry;
    private PullFixture fixture;
    private RegistryOptions logins;
    private StoredImage image;

    @BeforeEach
    void start() throws IOException {
        registry = LoopbackRegistry.withLogin(Files.createDirectory(temporary.resolve("registry")));
        fixture = new PullFixture(temporary.resolve("store"));
        logins = new RegistryOptions(false, null, temporary.resolve("auth.json"), null);
        Path tree =
                PullFixture.tree(temporary.resolve("tree"), "usr/lib/os-release", "ID=debian\n", "etc/motd", "hello");
        image = fixture.pull("dir:" + tree).image();
    }

    @AfterEach
    void stop() throws IOException {
        registry.close();
        assertEquals(List.of(), fixture.leftovers());
    }

    @Test
    void after_a_login_an_image_goes_there_is_found_and_comes_back_with_equal_content() throws IOException {
        new RegistryLogin(RUNNER).login(registry.host(), LoopbackRegistry.USER, LoopbackRegistry.PASSWORD, logins);
        Digest pushed = push("team/app:1", logins);

        assertEquals(pushed, push("team/app:1", logins), "the same each time");
        PullFixture other = new PullFixture(temporary.resolve("other"));
        StoredImage back = other.pull(registry.host() + "/team/app:1", logins).image();
        assertEquals(pushed, back.digest());
        Path motd = other.store.layers().path(back.layers().get(0)).resolve("etc/motd");
        assertEquals("hello", Files.readString(motd));
        assertEquals(524288, Files.getAttribute(motd, "unix:uid"));
        assertEquals(
                List.of(registry.host() + "/team/app"),
                search("app").stream().map(RegistrySearch.Found::name).toList());
        assertEquals(List.of(), search("nothing"));

        assertTrue(new RegistryLogin(RUNNER).logout(registry.host(), logins.authFile()));
        assertFalse(new RegistryLogin(RUNNER).logout(registry.host(), logins.authFile()));
        assertEquals(
                Kind.UNAUTHORIZED,
                assertThrows(RegistryException.class, () -> search("app")).kind());
    }

    @Test
    void a_wrong_password_is_not_kept_and_nothing_is_sent_without_one() {
        RegistryLogin login = new RegistryLogin(RUNNER);

        RegistryException wrong = assertThrows(
                RegistryException.class, () -> login.login(registry.host(), LoopbackRegistry.USER, "wrong", logins));
        RegistryException refused = assertThrows(RegistryException.class, () -> push("app:1", logins));

        assertEquals(
                "Tried to log in at " + registry.host() + ", but user name or password is wrong.", wrong.getMessage());
        assertFalse(Files.exists(logins.authFile()));
        assertEquals(Kind.UNAUTHORIZED, refused.kind());
        assertTrue(refused.getMessage().startsWith("Tried to push to " + registry.host() + "/app:1, but"));
        assertTrue(refused.hint().orElseThrow().contains("racker login " + registry.host()));
    }

    @Test
    void credentials_for_one_call_are_enough_and_other_places_take_the_same_image() throws IOException {
        String credentials = LoopbackRegistry.USER + ":" + LoopbackRegistry.PASSWORD;

        push("app:1", new RegistryOptions(false, credentials, null, null));
        ImagePusher pusher = new ImagePusher(fixture.store, RUNNER);
        Path layout = temporary.resolve("layout");
        pusher.push(image, "oci:" + layout + ":v1", Progress.none());
        pusher.push(image, "docker-archive:" + temporary.resolve("archive.tar") + ":app:1", Progress.none());

        assertEquals(
                "v1",
                RUNNER.run(Command.of("umoci", "ls", "--layout", layout.toString()))
                        .text());
        assertEquals(
                1,
                new ImageLoader(fixture.store, RUNNER)
                        .load(temporary.resolve("archive.tar"), image.platform(), Progress.none())
                        .size());
        RegistryException failure = assertThrows(
                RegistryException.class,
                () -> pusher.push(
                        image, "docker-archive:" + temporary.resolve("archive.tar") + ":app:1", Progress.none()));
        assertTrue(failure.getMessage().startsWith("Tried to push to docker-archive:"), failure.getMessage());
    }

    @Test
    void what_oci_does_not_know_of_dockers_configuration_stays_with_the_image() throws IOException {
        Path archive = temporary.resolve("docker.tar");
        byte[] config = dockerArchive(archive);
        Digest id = Sha256.of(config);
        new RegistryLogin(RUNNER).login(registry.host(), LoopbackRegistry.USER, LoopbackRegistry.PASSWORD, logins);
        RUNNER.run(Command.of("skopeo", "copy", "--quiet", "--dest-tls-verify=false", "--format=v2s2")
                .with("--dest-authfile=" + logins.authFile())
                .with("docker-archive:" + archive, "docker://" + registry.host() + "/docker:1"));

        StoredImage loaded = new ImageLoader(fixture.store, RUNNER)
                .load(archive, image.platform(), Progress.none())
                .get(0)
                .image();
        StoredImage pulled = fixture.pull(registry.host() + "/docker:1", logins).image();

        for (StoredImage each : List.of(loaded, pulled)) {
            OciLayout oci = fixture.store.oci();
            Digest manifest =
                    oci.entry(OciLayout.refName(each.name())).orElseThrow().digest();
            assertEquals(id, oci.manifest(manifest).config().digest(), each.source());
        }
        assertEquals("docker.io/library/check:1", loaded.name());
    }

    private byte[] dockerArchive(Path archive) throws IOException {
        byte[] layer = RUNNER.run(
                        Command.of("tar", "-C", temporary.resolve("tree").toString(), "-cf", "-", "."))
                .stdout();
        byte[] config = """
                {"architecture":"amd64","os":"linux","docker_version":"20.10","config":{"Cmd":["sh"],
                 "Healthcheck":{"Test":["CMD","true"],"Interval":1000000000}},"rootfs":{"type":"layers",
                 "diff_ids":["%s"]}}""".formatted(Sha256.of(layer)).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ArchiveWriter out = new ArchiveWriter(bytes);
        for (Map.Entry<String, byte[]> file : List.of(
                Map.entry("layer.tar", layer),
                Map.entry("config.json", config),
                Map.entry(
                        "manifest.json",
                        "[{\"Config\":\"config.json\",\"RepoTags\":[\"check:1\"],\"Layers\":[\"layer.tar\"]}]"
                                .getBytes(StandardCharsets.UTF_8)))) {
            out.file(file.getKey(), file.getValue().length, new ByteArrayInputStream(file.getValue()));
        }
        out.end();
        Files.write(archive, bytes.toByteArray());
        return config;
    }

    private Digest push(String name, RegistryOptions options) {
        RegistryReference target = (RegistryReference) ImageReference.parse(registry.host() + "/" + name);
        return new ImagePusher(fixture.store, RUNNER).push(image, target, options, Progress.none());
    }

    private List<RegistrySearch.Found> search(String term) {
        return new RegistrySearch(Map.of(), new Cancellation()).search(registry.host() + "/" + term, 10, logins);
    }
}
