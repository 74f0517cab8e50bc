package dev.racker.postroj;

import static dev.racker.postroj.TestPostroj.OFFLINE;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.racker.harness.SyntheticImages;
import dev.racker.harness.distribution.DebPackage;
import dev.racker.postroj.TestPostroj.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be understood or had is told in one line, with what to do in another, before anything boots. */
@ExtendWith(TestPostroj.Shared.class)
class BadInputIT {

    /** The lead of an rpm, for a format that dpkg knows nothing of; see PackageFile for what is read of it. */
    private static final byte[] RPM_MAGIC = {(byte) 0xed, (byte) 0xab, (byte) 0xee, (byte) 0xdb, 3, 0};

    @TempDir
    private static Path directory;

    private static TestPostroj postroj;
    private static HttpServer server;
    private static String address;
    private static Path good;

    @BeforeAll
    static void prepare(TestPostroj shared) throws IOException {
        postroj = shared;
        good = DebPackage.of("good", "1.0").build(directory);
        DebPackage.of("foreign", "1.0").field("Architecture", "riscv64").build(directory);
        byte[] whole = Files.readAllBytes(good);
        Files.write(directory.resolve("damaged.deb"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(directory.resolve("text.deb"), "This is not the package that you look for.\n");
        Files.write(directory.resolve("damaged.rpm"), Arrays.copyOf(RPM_MAGIC, 200));
        Files.writeString(directory.resolve("empty.yaml"), "");
        Files.writeString(directory.resolve("key.yaml"), "image: " + OFFLINE + "\ncheck-unti: good\n");
        Files.writeString(directory.resolve("broken.yaml"), "image: [" + OFFLINE + "\n");
        Files.writeString(directory.resolve("file"), "");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known = exchange.getRequestURI().getPath().equals("/good_1.0_all.deb");
            exchange.sendResponseHeaders(known ? 200 : 404, known ? whole.length : -1);
            if (known) {
                exchange.getResponseBody().write(whole);
            }
            exchange.close();
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @AfterEach
    void nothing_is_left() {
        postroj.assertNothingLeft();
    }

    private static String[] words(String line) throws IOException {
        String[] words = line.replace("IMAGE", "--image=" + OFFLINE)
                .replace("GOOD", "--package=" + good)
                .replace("DIR", directory.toString())
                .replace("HTTP", address)
                .replace("ZEROS", "0".repeat(64))
                .replace("CLOSED", closedPort())
                .split(" +");
        return words;
    }

    private static String closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    /** A line with what is wrong and a line or two with what to do; the wrong thing is quoted, and nothing was booted. */
    private static void assertRefused(int status, String said, Result result) {
        List<String> lines = result.err()
                .lines()
                .filter(line -> !line.startsWith("Downloading "))
                .toList();
        assertAll(
                () -> assertEquals(status, result.status(), result::toString),
                () -> assertEquals("", result.out()),
                () -> assertTrue(result.err().contains(said), result::toString),
                () -> assertTrue(lines.get(0).startsWith("postroj"), result::toString),
                () -> assertTrue(lines.get(0).matches("postroj.*: (Tried to|Invalid value) .*"), result::toString),
                () -> assertEquals(2, lines.size(), result::toString),
                () -> assertFalse(result.err().contains("\tat "), result::toString),
                () -> assertFalse(result.err().contains("defect"), result::toString));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "IMAGE --package=DIR/missing.deb                           | missing.deb",
                "IMAGE --package=./missing.deb --check-unit=x              | missing.deb",
                "--image=CLOSED/x:1 --package=DIR/missing.deb              | missing.deb",
                "IMAGE --package=DIR/foreign_1.0_riscv64.deb               | riscv64",
                "IMAGE --package=DIR/damaged.deb                           | damaged.deb",
                "IMAGE --package=DIR/text.deb                              | text.deb",
                "IMAGE --package=DIR/damaged.rpm                           | damaged.rpm",
                "IMAGE GOOD --with=DIR/missing.deb                         | missing.deb",
                "IMAGE GOOD --upgrade-from=DIR/missing.deb                 | missing.deb",
                "IMAGE --package=ftp://example.org/x.deb                   | ftp://example.org/x.deb",
                "IMAGE --package=Not/A/Package?                            | Not/A/Package?",
                "IMAGE GOOD GOOD                                           | twice",
                "IMAGE GOOD --sha256=123                                   | \"123\"",
                "IMAGE GOOD --sha256=ZEROS                                 | 0000",
                "IMAGE --package=HTTP/good_1.0_all.deb#sha256=12           | 12",
                "GOOD                                                      | --image",
                "IMAGE                                                     | neither a package nor a check",
                "--image=/no/such/place GOOD                               | /no/such/place",
                "--image=nothing-* GOOD                                    | nothing-*",
                "--image=UPPER:case:twice GOOD                             | UPPER:case:twice",
                "IMAGE GOOD --check-unit=                                  | unit",
                "IMAGE GOOD --check-unit=x=flying                          | flying",
                "IMAGE GOOD --check-network=gopher://localhost:70          | gopher://localhost:70",
                "IMAGE GOOD --check-network=localhost                      | localhost",
                "IMAGE GOOD --check-network=tcp://localhost:99999          | 99999",
                "IMAGE GOOD --check-network=http://localhost --http-status=99 | 99",
                "IMAGE GOOD --check-network=http://localhost --http-body=/(/  | /(/",
                "IMAGE GOOD --check-file=relative                          | relative",
                "IMAGE GOOD --allow-leftover=                              | \"\"",
                "IMAGE GOOD --lifecycle=nonsense                           | \"nonsense\" is no step",
                "IMAGE GOOD --lifecycle=remove,install                     | install",
                "IMAGE GOOD --lifecycle=install,upgrade                    | --upgrade-from",
                "IMAGE --check-unit=x --lifecycle=install                  | lifecycle",
                "IMAGE GOOD --jobs=0                                       | --jobs",
                "IMAGE GOOD --jobs=many                                    | many",
                "IMAGE GOOD --network-timeout=-1                           | --network-timeout",
                "IMAGE GOOD --package-timeout=0                            | --package-timeout",
                "IMAGE GOOD --chek-unit=x                                  | --check-unit",
                "IMAGE GOOD --keep-on-failure --shell-on-failure           | --shell-on-failure",
                "IMAGE GOOD --shell-on-failure                             | terminal",
                "IMAGE GOOD --report-dir=DIR/file/out                      | DIR/file/out",
                "IMAGE GOOD --report-dir=/proc/out                         | /proc/out",
                "--spec=DIR/none.yaml                                      | none.yaml",
                "--spec=DIR/empty.yaml                                     | nothing in it",
                "--spec=DIR/key.yaml                                       | Did you mean check-unit",
                "--spec=DIR/broken.yaml                                    | broken.yaml",
            })
    void what_cannot_be_understood_ends_with_2(String line, String said) throws Exception {
        String[] words = words("pkgprobe " + line);

        assertRefused(2, said.replace("DIR", directory.toString()), postroj.run(words));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "IMAGE --package=HTTP/none.deb                             | 404",
                "IMAGE --package=http://CLOSED/x.deb                       | /x.deb",
                "IMAGE --package=HTTP/good_1.0_all.deb#sha256=ZEROS        | 0000",
            })
    void what_cannot_be_fetched_ends_with_3(String line, String said) throws Exception {
        assertRefused(3, said, postroj.run(words("pkgprobe " + line)));
    }

    @Test
    void a_package_behind_an_address_is_fetched_once_and_installed() throws Exception {
        Result result = postroj.probe(words("IMAGE --package=HTTP/good_1.0_all.deb --check-package=good=1.0"));

        assertEquals(0, result.status(), result::toString);
        assertEquals("good_1.0_all.deb", result.cell().get("subject").asString());
    }

    @Test
    void an_image_that_cannot_be_had_is_an_error_of_its_cells_alone() throws Exception {
        Result result = postroj.probe(
                "--image=" + closedPort() + "/none:1", "--image=" + OFFLINE, "--package=" + good, "--jobs=1");

        assertEquals(3, result.status(), result::toString);
        assertEquals("ERROR", result.report().get("cells").get(0).get("verdict").asString());
        assertEquals("PASS", result.report().get("cells").get(1).get("verdict").asString());
        assertEquals("", result.report().get("cells").get(0).get("machine").asString());
    }

    @Test
    void a_label_that_is_misspelt_is_told_with_those_that_are_near() throws Exception {
        Result result = postroj.probe("--image=debian-bookwurm", "--check-unit=dbus");

        assertEquals(3, result.status(), result::toString);
        assertTrue(
                Result.step(result.cell(), "pull").get("reason").asString().contains("Did you mean debian-bookworm?"),
                result::toString);
    }

    @Test
    void a_package_of_another_family_is_refused_before_anything_boots() throws Exception {
        Path rpm = SyntheticImages.file(SyntheticImages.Manager.DNF, "greeter", "1.0");

        assertRefused(2, OFFLINE, postroj.run("pkgprobe", "--image=" + OFFLINE, "--package=" + rpm));
        String dnf = postroj.synthetic(SyntheticImages.Manager.DNF);
        assertRefused(2, dnf, postroj.run("pkgprobe", "--image=" + dnf, "--package=" + good));
    }
}
