package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Isolation of real machines: capabilities, system calls, devices. */
class IsolationIT extends LimitedCase {

    IsolationIT(TestRacker racker) throws Exception {
        super(racker);
    }

    private static final String LOOK = """
            grep -E "^(CapBnd|NoNewPrivs|Seccomp|Cpus_allowed_list):" /proc/self/status
            echo nofile: $(ulimit -Sn) $(ulimit -Hn)
            echo oom: $(cat /proc/self/oom_score_adj)
            echo shm: $(df --output=size /dev/shm | tail -n 1) $(stat -c %a /dev/shm)
            echo sysctl: $(cat /proc/sys/kernel/shmmax /proc/sys/net/ipv4/ip_forward)
            echo devices: $(stat -c %u:%a:%t,%T /dev/zz) $(stat -c %u:%t,%T /dev/fuse)
            touch /srv/x 2>/dev/null && echo writable
            (exec 3<>/dev/fuse) && echo fuse
            head -c 2 /dev/zz | od -An -tx1
            """;

    @ParameterizedTest
    @ValueSource(strings = {"false", "always"})
    void a_machine_is_isolated_as_it_was_asked_for(String systemd) throws Exception {
        Result result = run(
                "--systemd=" + systemd,
                "--cap-drop=NET_RAW",
                "--cap-add=SYS_TIME",
                "--security-opt=no-new-privileges",
                "--ulimit=nofile=100:200",
                "--oom-score-adj=300",
                "--shm-size=64m",
                "--device=/dev/fuse",
                "--device=/dev/zero:/dev/zz",
                "--sysctl=kernel.shmmax=123456",
                "--sysctl=net.ipv4.ip_forward=0",
                "--read-only",
                debian,
                "sh",
                "-c",
                LOOK);

        String out = result.ok();
        assertTrue(out.contains("NoNewPrivs:\t1\n"), out);
        assertTrue(out.contains("Seccomp:\t2\n"), out);
        assertTrue(out.contains("\nnofile: 100 200\noom: 300\nshm: 65536 1777\nsysctl: 123456 0\n"), out);
        assertTrue(out.contains("\ndevices: 0:666:1,5 0:a,e5\nfuse\n 00 00\n"), out);
        long capabilities = Long.parseLong(out.substring(out.indexOf("CapBnd:\t") + 8, out.indexOf("\nNoNew")), 16);
        assertEquals(0, capabilities >> 13 & 1, "CAP_NET_RAW");
        assertEquals(1, capabilities >> 25 & 1, "CAP_SYS_TIME");
    }

    @Test
    void system_calls_are_those_of_the_profile() throws Exception {
        Path profile = racker.files().resolve("profile.json");
        Files.writeString(profile, """
                {"defaultAction": "SCMP_ACT_ALLOW",
                 "syscalls": [{"names": ["chmod", "fchmodat", "fchmodat2"], "action": "SCMP_ACT_ERRNO"}]}
                """);
        String chmod = "grep Seccomp: /proc/self/status; chmod 700 /srv && echo changed";

        assertEquals(
                "Seccomp:\t2\n",
                run("--systemd=false", "--security-opt=seccomp=" + profile, debian, "sh", "-c", chmod)
                        .out());
        assertEquals(
                "Seccomp:\t0\nchanged\n",
                run("--systemd=false", "--security-opt=seccomp=unconfined", debian, "sh", "-c", chmod)
                        .ok());
    }

    @Test
    void a_profile_with_conditions_is_rounded_and_that_is_told() throws Exception {
        Path profile = racker.files().resolve("conditions.json");
        Files.writeString(profile, """
                {"defaultAction": "SCMP_ACT_ALLOW",
                 "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]}],
                 "syscalls": [
                   {"names": ["chmod", "fchmodat", "fchmodat2"], "action": "SCMP_ACT_ERRNO",
                    "args": [{"index": 1, "value": 511, "op": "SCMP_CMP_EQ"}],
                    "includes": {"minKernel": "3.0", "caps": ["CAP_SYS_ADMIN"]}},
                   {"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "excludes": {"caps": ["CAP_SYS_ADMIN"]}}]}
                """);
        String option = "--security-opt=seccomp=" + profile;
        String command = "mkdir /srv/new && echo made; chmod 700 /srv/new || echo refused";

        Result result = run("--systemd=false", option, debian, "sh", "-c", command);
        Result strict = run("--systemd=false", option, "--strict-limits", debian, "true");

        assertEquals("made\nrefused\n", result.out());
        String told = "These are refused whatever their arguments, which systemd-nspawn does not look at: chmod,";
        assertTrue(result.err().startsWith("racker: warning: The seccomp profile " + profile), result.err());
        assertTrue(result.err().contains(told), result.err());
        assertEquals(125, strict.status(), strict.toString());
        assertTrue(strict.err().contains(told), strict.err());
    }

    @Test
    void all_devices_in_a_directory_are_seen() throws Exception {
        Path devices = Files.createDirectories(racker.files().resolve("devices/sub"));
        racker.tool("mknod", "-m", "666", devices.resolve("nought").toString(), "c", "1", "5");
        Files.writeString(devices.resolve("file"), "");

        Result result = run(
                "--systemd=false",
                "--device=" + devices.getParent() + ":/dev/all",
                debian,
                "sh",
                "-c",
                "echo /dev/all/*/*; head -c 2 /dev/all/sub/nought | od -An -tx1");

        assertEquals("/dev/all/sub/nought\n 00 00\n", result.ok());
    }

    @Test
    void access_to_a_device_is_as_it_was_asked_for() throws Exception {
        Result result = run(
                "--systemd=false",
                "--device=/dev/full:/dev/zz:r",
                debian,
                "sh",
                "-c",
                "head -c 1 /dev/zz | wc -c; : >/dev/zz");

        assertEquals("1\n", result.out(), result.err());
        assertEquals(TestRacker.MACHINED ? 0 : 2, result.status(), result.toString());
    }
}
