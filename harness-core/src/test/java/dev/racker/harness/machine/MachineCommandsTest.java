package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exact command lines of systemd-nspawn for machines that are booted. */
class MachineCommandsTest extends MachineCommandsCase {

    @Test
    void a_booted_machine_in_a_user_namespace_with_a_network_of_its_own() {
        assertEquals(
                List.of(
                        "systemd-nspawn",
                        "--quiet",
                        "--directory=/run/r/machines/1a2b/root",
                        "--machine=web",
                        "--hostname=web.example",
                        "--keep-unit",
                        "--register=no",
                        "--settings=no",
                        "--link-journal=no",
                        "--resolv-conf=off",
                        "--timezone=off",
                        "--private-users=524288:65536",
                        "--private-users-ownership=off",
                        "--private-network",
                        "--boot",
                        "--notify-ready=yes",
                        "--console=read-only"),
                NspawnArguments.of(spec(524288, Isolation.of(true, false), List.of(), List.of(), null), false));
    }

    @Test
    void machined_is_told_about_a_registered_machine() {
        MachineSpec spec = spec(524288, Isolation.of(true, false), List.of(), List.of(), null);

        assertFalse(NspawnArguments.of(spec, true).contains("--register=no"));
    }

    @Test
    void a_privileged_machine_on_the_hosts_network_and_users() {
        assertEquals(List.of("env", "SYSTEMD_SECCOMP=0"), NspawnArguments.prefix(Isolation.of(false, true)));
        assertEquals(List.of(), NspawnArguments.prefix(Isolation.of(true, false)));
        List<String> arguments =
                NspawnArguments.of(spec(0, Isolation.of(false, true), List.of(), List.of(), null), true);

        assertEquals(
                List.of(
                        "--timezone=off",
                        "--private-users=no",
                        "--capability=all",
                        "--boot",
                        "--notify-ready=yes",
                        "--console=read-only"),
                arguments.subList(arguments.indexOf("--timezone=off"), arguments.size()));
    }

    @Test
    void colons_and_backslashes_in_paths_are_escaped() {
        List<Bind> binds = List.of(
                new Bind(Path.of("/srv/a:b"), "/mnt/c:d", false), new Bind(Path.of("/srv/a\\b"), "/mnt/x y", true));
        List<Tmpfs> tmpfs = List.of(new Tmpfs("/scratch", ""), new Tmpfs("/a:b", "size=64m,mode=1777"));

        List<String> shifted = NspawnArguments.of(spec(524288, Isolation.of(true, false), binds, tmpfs, null), true);
        List<String> plain = NspawnArguments.of(spec(0, Isolation.of(true, false), binds, tmpfs, null), true);

        assertEquals(
                List.of(
                        "--bind=/srv/a\\:b:/mnt/c\\:d:norbind,idmap",
                        "--bind-ro=/srv/a\\\\b:/mnt/x y:norbind,idmap",
                        "--tmpfs=/scratch",
                        "--tmpfs=/a\\:b:size=64m,mode=1777"),
                shifted.subList(shifted.indexOf("--private-network") + 1, shifted.indexOf("--boot")));
        assertTrue(plain.contains("--bind=/srv/a\\:b:/mnt/c\\:d"), plain.toString());
    }
}
