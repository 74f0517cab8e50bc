package dev.racker.harness.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolVersionsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "SYSTEMD_NSPAWN,252",
        "SYSTEMD_SOCKET_ACTIVATE,252",
        "SYSTEMD_RUN,252",
        "MACHINECTL,252",
        "NSENTER,2.38.1",
        "UNSHARE,2.38.1",
        "MOUNT,2.38.1",
        "SETSID,2.38.1",
        "SKOPEO,1.9.3",
        "UMOCI,0.4.7+ds-3+b7",
        "MMDEBSTRAP,1.3.5",
        "NETAVARK,1.4.0",
        "AARDVARK_DNS,1.4.0",
        "IPTABLES,1.8.9",
        "IP,6.1.0",
        "UNSQUASHFS,4.5.1",
        "ZSTD,1.5.4",
        "PIGZ,2.6",
        "XZ,5.4.1",
        "BZIP2,1.0.8",
        "TAR,1.34",
        "SETFATTR,2.5.1"
    })
    void version_is_found_in_what_the_tool_of_debian_12_says(Tool tool, String expected)
            throws IOException, URISyntaxException {
        String resource = "answers/" + tool.program() + ".txt";
        Path answer = Path.of(ToolVersionsTest.class.getResource(resource).toURI());
        assertEquals(expected, tool.question().versionIn(Files.readString(answer)));
    }

    @Test
    void tools_are_asked_by_their_path_and_answers_on_either_stream_count() {
        Host host = FakeRoot.empty(directory)
                .program("/usr/bin/skopeo", "echo skopeo version 1.9.3")
                .program("/usr/bin/bzip2", "test \"$*\" = --help && echo 'bzip2.  Version 1.0.8, 13-Jul-2019.' >&2")
                .program("/usr/lib/podman/aardvark-dns", "echo 'syslog: 5 lost' >&2; echo aardvark-dns 1.4.0")
                .host();
        assertEquals(
                Map.of(Tool.SKOPEO, "1.9.3", Tool.BZIP2, "1.0.8", Tool.AARDVARK_DNS, "1.4.0"),
                new ToolVersions(new CommandRunner()).of(host));
    }

    @Test
    void a_tool_that_fails_dies_or_cannot_be_started_has_an_empty_version() {
        Host host = FakeRoot.empty(directory)
                .program("/usr/bin/tar", "exit 3")
                .program("/usr/bin/xz", "kill -9 $$")
                .program("/usr/bin/zstd", "echo none")
                .program("/usr/bin/pigz", "")
                .replace("/usr/bin/pigz", "#!/bin/sh", "#!/nowhere/sh")
                .host();
        assertEquals(
                Map.of(Tool.TAR, "", Tool.XZ, "", Tool.ZSTD, "", Tool.PIGZ, ""),
                new ToolVersions(new CommandRunner()).of(host));
    }
}
