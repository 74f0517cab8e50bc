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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeccompProfileTest {

    private static final SeccompSurroundings USUAL =
            new SeccompSurroundings(Set.of("CAP_CHOWN", "CAP_SYS_ADMIN"), "amd64", "6.1.0-18-amd64");

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
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"names\": [\"x\"], \"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 13}]}",
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"names\": [\"@mount\"], \"action\": \"SCMP_ACT_ERRNO\"}]}",
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [{\"name\": \"read write\", \"action\": \"SCMP_ACT_ERRNO\"}]}",
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"defaultErrnoRet\": 22}"
            })
    void what_systemd_nspawn_cannot_do_is_refused(String profile) {
        HarnessException failure = assertThrows(HarnessException.class, () -> read(profile));

        assertTrue(failure.getMessage().contains(", which systemd-nspawn cannot do."), failure.getMessage());
    }

    @Test
    void a_profile_that_is_none_is_refused() {
        assertThrows(HarnessException.class, () -> read("x"));
        assertThrows(
                HarnessException.class,
                () -> SeccompProfile.read(directory.resolve("none"), USUAL, new CommandRunner()));
    }

    @Test
    void what_is_allowed_for_some_arguments_is_allowed_for_all_and_told_of() throws IOException {
        SeccompProfile profile = profile("""
                {"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 38,
                 "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]}],
                 "syscalls": [
                   {"names": ["read", "personality"], "action": "SCMP_ACT_ALLOW"},
                   {"names": ["socket", "personality"], "action": "SCMP_ACT_ALLOW",
                    "args": [{"index": 0, "value": 40, "op": "SCMP_CMP_NE"}]},
                   {"names": ["socket"], "action": "SCMP_ACT_ERRNO", "errnoRet": 22,
                    "args": [{"index": 0, "value": 40, "op": "SCMP_CMP_EQ"}]},
                   {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38}]}
                """, USUAL);

        assertEquals(
                List.of("clone3", "personality", "read", "socket"),
                profile.seccomp().allowed());
        assertFalse(profile.seccomp().denied().contains("socket"));
        assertTrue(profile.seccomp().denied().contains("mkdir"));
        assertEquals(List.of("clone3", "socket"), profile.loosened());
        assertEquals(List.of(), profile.tightened());
        assertEquals(1, profile.differences().size());
        assertTrue(
                profile.differences().get(0).endsWith(": clone3, socket."),
                profile.differences().get(0));
    }

    @Test
    void what_is_refused_for_some_arguments_is_refused_for_all_and_told_of() throws IOException {
        String rule = "{\"names\": [\"chmod\"], \"action\": \"SCMP_ACT_ERRNO\", \"args\": [{\"index\": 1}]}";
        SeccompProfile others = profile("{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": [" + rule + "]}", USUAL);
        SeccompProfile named = profile(
                "{\"defaultAction\": \"SCMP_ACT_ERRNO\", \"syscalls\": ["
                        + "{\"names\": [\"chmod\", \"read\"], \"action\": \"SCMP_ACT_ALLOW\"}, " + rule + "]}",
                USUAL);

        assertEquals(List.of("chmod"), others.seccomp().denied());
        assertEquals(List.of("read"), named.seccomp().allowed());
        assertTrue(named.seccomp().denied().contains("chmod"));
        assertEquals(List.of("chmod"), others.tightened());
        assertEquals(List.of("chmod"), named.tightened());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"includes\": {}|true",
                "\"includes\": {\"caps\": [\"CAP_SYS_ADMIN\"]}|true",
                "\"includes\": {\"caps\": [\"CAP_SYS_ADMIN\", \"CAP_BPF\"]}|false",
                "\"excludes\": {\"caps\": [\"CAP_BPF\", \"CAP_SYS_ADMIN\"]}|false",
                "\"excludes\": {\"caps\": [\"CAP_BPF\"]}|true",
                "\"includes\": {\"arches\": [\"s390x\", \"amd64\"]}|true",
                "\"includes\": {\"arches\": [\"s390x\"]}|false",
                "\"excludes\": {\"arches\": [\"amd64\"]}|false",
                "\"includes\": {\"minKernel\": \"4.8\"}|true",
                "\"includes\": {\"minKernel\": \"6.1\"}|true",
                "\"includes\": {\"minKernel\": \"6.2\"}|false",
                "\"includes\": {\"minKernel\": \"10.0\"}|false",
                "\"excludes\": {\"minKernel\": \"5.19\"}|false",
                "\"includes\": {\"minKernel\": \"4.8\"}, \"excludes\": {\"arches\": [\"amd64\"]}|false"
            })
    void a_rule_counts_where_the_profile_says_so(String condition, boolean counts) throws IOException {
        SeccompProfile profile = profile(
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": ["
                        + "{\"names\": [\"chmod\"], \"action\": \"SCMP_ACT_ERRNO\", " + condition + "}]}",
                USUAL);

        assertEquals(counts, profile.seccomp().denied().contains("chmod"));
    }

    @Test
    void the_capabilities_are_those_that_the_machine_will_have() {
        assertTrue(of(false, true).capabilities().contains("CAP_NET_ADMIN"));
        assertFalse(of(false, false).capabilities().contains("CAP_NET_ADMIN"));
        assertTrue(of(true, false).capabilities().contains("CAP_BPF"));
        assertEquals(
                Set.of("CAP_CHOWN"),
                SeccompSurroundings.of(false, true, List.of("chown"), List.of("all"), "amd64")
                        .capabilities());
    }

    private static SeccompSurroundings of(boolean privileged, boolean privateNetwork) {
        return SeccompSurroundings.of(privileged, privateNetwork, List.of(), List.of(), "amd64");
    }

    private Seccomp read(String profile) throws IOException {
        return profile(profile, USUAL).seccomp();
    }

    private SeccompProfile profile(String profile, SeccompSurroundings surroundings) throws IOException {
        Path file = directory.resolve("profile.json");
        Files.writeString(file, profile);
        return SeccompProfile.read(file, surroundings, new CommandRunner());
    }
}
