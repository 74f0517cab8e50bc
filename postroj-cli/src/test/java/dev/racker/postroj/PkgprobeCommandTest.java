package dev.racker.postroj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PkgprobeCommandTest {

    @TempDir
    private Path directory;

    private TestSession postroj;

    @BeforeEach
    void open() throws IOException {
        postroj = TestSession.in(directory);
        Files.writeString(directory.resolve("probe.yaml"), """
                package: nginx
                check-network: http://localhost
                check-command: nginx -t
                """);
        Files.writeString(directory.resolve("tcp.yaml"), """
                check-network:
                  - url: tcp://localhost:80
                    http-body: Welcome
                """);
        Files.writeString(directory.resolve("both.yaml"), """
                check-unit: nginx
                keep-on-failure: true
                shell-on-failure: true
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--package=nginx --http-status=200                              | --http-status, but there is no",
                "--package=nginx --http-body=x                                  | --http-body, but there is no",
                "--package=nginx --http-header=x                                | --http-header, but there is no",
                "--package=nginx --insecure                                     | --insecure, but there is no",
                "--check-network=tcp://localhost:80 --no-redirects              | --no-redirects, but there is no",
                "--spec=DIR/probe.yaml --http-status=200                        | --http-status, but there is no",
                "--spec=DIR/tcp.yaml                                            | \"tcp://localhost:80\", but only answers",
                "--package=nginx --command-status=1                             | --command-status, but there is no",
                "--package=nginx --command-stdout=x                             | --command-stdout, but there is no",
                "--spec=DIR/probe.yaml --command-stderr=x                       | --command-stderr, but there is no",
                "--package=nginx --jobs=x                                       | Tried to read --jobs \"x\", but it is no whole number.",
                "--check-unit=nginx --sha256=00                                 | --sha256, but there is no",
                "--spec=DIR/probe.yaml --sha256=00                              | --sha256, but there is no",
                "--spec=DIR/both.yaml                                           | either kept or entered",
            })
    void what_would_not_be_looked_at_is_refused(String arguments, String told) {
        // Nobody answers at this image's registry, so that nothing boots when the mistake is not seen.
        String line = "pkgprobe --image=127.0.0.1:1/none:1 " + arguments.replace("DIR", directory.toString());

        assertEquals(2, postroj.run(line.split(" ")), postroj::err);

        assertTrue(postroj.err().contains(told), postroj::err);
        assertEquals("", postroj.out());
    }
}
