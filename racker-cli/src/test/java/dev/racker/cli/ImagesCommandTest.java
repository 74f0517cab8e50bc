package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.store.LayerId;
import dev.racker.harness.store.StoredImage;
import dev.racker.harness.store.StoredImage.Boot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesCommandTest {

    private static final String HEX = "0123456789abcdef".repeat(4);

    private static final ImageConfig LABELLED =
            ImageConfig.fromOci("{\"config\":{\"Labels\":{\"tier\":\"front\"}}}".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory;

    private TestSession racker;

    @BeforeEach
    void open() {
        racker = TestSession.in(directory);
    }

    @Test
    void no_images_are_a_heading_alone() {
        assertEquals(0, racker.run("images"));
        assertEquals("REPOSITORY   TAG   IMAGE ID   CREATED   SIZE\n", racker.out());
    }

    @Test
    void names_are_shown_as_docker_shows_them() throws IOException {
        put("docker.io/library/debian:bookworm-slim");
        put("localhost:5000/team/app:v1");
        put("debian-bookworm");
        put("/images/a:b.tar");
        put("quay.io/x/y@sha256:" + HEX);

        assertEquals(0, racker.run("images"));

        String[] lines = racker.out().split("\n");
        assertEquals(6, lines.length, racker.out());
        for (String line : List.of(
                "debian +bookworm-slim",
                "localhost:5000/team/app +v1",
                "debian-bookworm +<none>",
                "/images/a:b.tar +<none>",
                "quay.io/x/y +<none>")) {
            assertTrue(
                    List.of(lines).stream()
                            .anyMatch(found -> found.matches(line + " +0123456789ab +3 weeks ago +124MB")),
                    line + "\n" + racker.out());
        }
    }

    @Test
    void digests_are_a_column_of_their_own() throws IOException {
        put("docker.io/library/debian:latest");

        racker.run("images", "--digests");

        assertTrue(racker.out().startsWith("REPOSITORY   TAG      DIGEST "), racker.out());
        assertTrue(racker.out().contains("sha256:" + HEX), racker.out());
    }

    @Test
    void quiet_prints_ids_alone() throws IOException {
        put("docker.io/library/debian:latest");

        racker.run("images", "-q");
        assertEquals("0123456789ab\n", racker.out());
        racker.run("images", "-q", "--no-trunc");
        assertEquals("sha256:" + HEX + "\n", racker.out());
    }

    @Test
    void json_is_an_object_for_each_image() throws IOException {
        put("docker.io/library/debian:latest");
        put("debian-bookworm");

        racker.run("images", "--format", "json");

        String[] lines = racker.out().split("\n");
        assertEquals(2, lines.length, racker.out());
        assertTrue(
                racker.out()
                        .contains(
                                "{\"ID\":\"0123456789ab\",\"Repository\":\"debian\",\"Tag\":\"latest\",\"Digest\":\"sha256:"
                                        + HEX + "\""),
                racker.out());
        assertTrue(racker.out().contains("\"Bootable\":\"not yet\"}"), racker.out());
    }

    @ParameterizedTest
    @CsvSource({
        "debian, 2",
        "debian:latest, 1",
        "docker.io/library/debian:12, 1",
        "debian-bookworm, 1",
        "app, 0",
        "A:B:C, 0"
    })
    void a_name_selects(String name, int count) throws IOException {
        put("docker.io/library/debian:latest");
        put("docker.io/library/debian:12");
        put("debian-bookworm");

        assertEquals(0, racker.run("images", "-q", name));
        assertEquals(count, racker.out().lines().count(), racker.out());
    }

    @Test
    void a_template_that_is_none_is_quoted() {
        assertEquals(125, racker.run("images", "--format", "{{.ID"));
        assertTrue(racker.err().contains("\"{{.ID\""), racker.err());
    }

    @Test
    void a_template_is_written_for_each_image() throws IOException {
        put("docker.io/library/debian:latest");

        assertEquals(0, racker.run("images", "--format", "{{.Repository}}:{{.Tag}} {{.ID}} {{.Size}}"));
        assertEquals("debian:latest 0123456789ab 124MB\n", racker.out());
        assertEquals(0, racker.run("images", "--format", "table {{.ID}}\\t{{.Bootable}}"));
        assertEquals("IMAGE ID       BOOTABLE\n0123456789ab   not yet\n", racker.out());
        assertEquals(125, racker.run("images", "--format", "{{.Nope}}"));
        assertTrue(racker.err().contains("\"{{.Nope}}\", but there is no field .Nope."), racker.err());
    }

    @ParameterizedTest
    @CsvSource({
        "dangling=true, 1",
        "dangling=false, 3",
        "label=tier, 4",
        "label=tier=front, 4",
        "label=tier=back, 0",
        "reference=debian, 2",
        "reference=deb*:1*, 1",
        "reference=*/*/app, 1",
        "reference=*app, 0",
        "reference=debian:[1-9]2, 1",
        "until=1h, 4",
        "until=2000-01-01, 0"
    })
    void filters_leave_what_fits(String filter, int count) throws IOException {
        put("docker.io/library/debian:latest");
        put("docker.io/library/debian:12");
        put("localhost:5000/team/app:v1");
        put("sha256:" + HEX);

        assertEquals(0, racker.run("images", "-q", "--filter", filter), racker.err());
        assertEquals(count, racker.out().lines().count(), racker.out());
    }

    @ParameterizedTest
    @CsvSource({"dangling, it is not NAME=VALUE", "dangling=x, is neither true nor false", "size=1, there is no filter"
    })
    void a_filter_that_is_none_is_quoted(String filter, String problem) {
        assertEquals(125, racker.run("images", "--filter", filter));
        assertTrue(racker.err().contains("--filter \"" + filter + "\""), racker.err());
        assertTrue(racker.err().contains(problem), racker.err());
    }

    @Test
    void an_image_without_a_name_is_shown_as_docker_shows_it() throws IOException {
        put("sha256:" + HEX);

        assertEquals(0, racker.run("images"));
        assertTrue(racker.out().contains("\n<none>       <none>   0123456789ab   3 weeks ago"), racker.out());
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 seconds ago",
        "PT59S, 59 seconds ago",
        "PT1M, 1 minute ago",
        "PT59M, 59 minutes ago",
        "PT1H, 1 hour ago",
        "PT47H, 47 hours ago",
        "P2D, 2 days ago",
        "P13D, 13 days ago",
        "P14D, 2 weeks ago",
        "P60D, 2 months ago",
        "P400D, 13 months ago",
        "P731D, 2 years ago"
    })
    void ages_are_told_in_the_unit_that_fits(Duration age, String text) {
        // A little later, so that the time this test takes does not matter.
        assertEquals(text, Ages.since(Instant.now().minus(age).minusMillis(50)));
    }

    @Test
    void an_age_that_nobody_knows_is_not_told() {
        assertEquals("N/A", Ages.since(Instant.EPOCH));
    }

    private void put(String name) throws IOException {
        racker.session()
                .store()
                .images()
                .put(new StoredImage(
                        name,
                        name,
                        Digest.parse("sha256:" + HEX),
                        Instant.now().minus(Duration.ofDays(22)),
                        Instant.now(),
                        124_000_000,
                        List.of(LayerId.ofRecipe("one")),
                        LABELLED,
                        "registry",
                        Platform.host(),
                        "debian",
                        Boot.PENDING,
                        null));
    }
}
