package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeccompProfileTest {

    @TempDir
    Path directory;

    @Test
    void a_list_of_what_is_denied_leaves_everything_else() throws IOException {
        Seccomp seccomp = read("""
                {"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64"],
                 "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "args": []},
                              {"name": "chmod", "action": "SCMP_ACT_ERRNO"}]}
                """);
        List<String> arguments = new ArrayList<>();
        seccomp.arguments(arguments);

        assertEquals(List.of("--system-call-filter=@known", "--system-call-filter=~chmod mkdir mkdirat"), arguments);
    }

    @Test
    void a_list_of_what_is_allowed_denies_whatever_else_there_is() throws IOException {
        Seccomp seccomp = read("""
                {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1,
                 "syscalls": [{"names": ["read", "write"], "action": "SCMP_ACT_ALLOW"}]}
                """);

        assertEquals(List.of("read", "write"), seccomp.allowed());
        assertTrue(seccomp.denied().contains("mkdir"), seccomp.denied().toString());
        assertFalse(seccomp.denied().contains("read"), seccomp.denied().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"defaultAction\": \"SCMP_ACT_KILL\"}",
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"names\": [\"x\"], \"action\": \"SCMP_ACT_TRACE\"}]}",
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"names\": [\"x\"], \"action\": \"SCMP_ACT_ERRNO\", \"args\": [{\"index\": 0}]}]}",
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"names\": [\"x\"], \"action\": \"SCMP_ACT_ERRNO\", \"includes\": {\"caps\": [\"CAP_SYS_ADMIN\"]}}]}",
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"defaultErrnoRet\": 38}"
            })
    void what_systemd_nspawn_cannot_do_is_refused(String profile) {
        HarnessException failure = assertThrows(HarnessException.class, () -> read(profile));

        assertTrue(failure.getMessage().contains(", which systemd-nspawn cannot do."), failure.getMessage());
    }

    @Test
    void a_profile_that_is_none_is_refused() {
        assertThrows(HarnessException.class, () -> read("x"));
        assertThrows(HarnessException.class, () -> SeccompProfile.read(directory.resolve("none"), new CommandRunner()));
    }

    private Seccomp read(String profile) throws IOException {
        Path file = directory.resolve("profile.json");
        Files.writeString(file, profile);
        return SeccompProfile.read(file, new CommandRunner());
    }
}
