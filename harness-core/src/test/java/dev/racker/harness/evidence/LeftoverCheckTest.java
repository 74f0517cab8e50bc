package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a removal has left that came with the package. */
class LeftoverCheckTest extends LeftoverCase {

    // Created

    @Test
    void nothing_left_is_one_result_that_passed() throws IOException {
        directory(upper, "var/lib");
        file(upper, "etc/shells", "/bin/sh\n");

        List<ProbeResult> results = check().results();

        assertEquals(1, results.size());
        assertEquals(Verdict.PASS, results.get(0).verdict());
        assertEquals(
                "leftover file system: leftovers nothing left", results.get(0).line());
    }

    @Test
    void a_file_that_stayed_fails() throws IOException {
        file(upper, "var/lib/foo.db", "x");

        List<ProbeResult> results = check().results();

        assertEquals(1, results.size());
        assertEquals(Verdict.FAIL, results.get(0).verdict());
        assertEquals(
                "leftover /var/lib/foo.db: file expected absent, was present",
                results.get(0).line());
    }

    @Test
    void a_directory_that_stayed_is_told_once_with_everything_below_in_the_detail() throws IOException {
        file(upper, "var/lib/foo/x/1", "");
        file(upper, "var/lib/foo/x/2", "");
        directory(upper, "var/lib/foo/y");

        ProbeResult result = check().results().get(0);

        assertEquals(List.of("directory /var/lib/foo: present with 4 entries below"), lines(check()));
        assertEquals("/var/lib/foo/x\n/var/lib/foo/x/1\n/var/lib/foo/x/2\n/var/lib/foo/y", result.detail());
    }

    @Test
    void an_empty_directory_that_stayed_is_told() throws IOException {
        directory(upper, "opt/foo");

        assertEquals(List.of("directory /opt: present with 1 entry below"), lines(check()));
    }

    @Test
    void each_kind_is_told_by_its_name() throws IOException {
        file(upper, "etc/cron.d/foo", "");
        file(upper, "etc/logrotate.d/foo", "");
        link(upper, "etc/systemd/system/multi-user.target.wants/foo.service", "/usr/lib/systemd/system/foo.service");
        file(upper, "usr/lib/systemd/system/bar.service", "");
        link(upper, "etc/systemd/system/bar.service", "/lib/systemd/system/bar.service");
        link(upper, "etc/alternatives/foo", "/usr/bin/foo-1");
        link(upper, "usr/bin/foo", "/etc/alternatives/foo");
        file(upper, "var/lib/dpkg/alternatives/foo", "");
        file(upper, "usr/lib/tmpfiles.d/foo.conf", "");
        file(upper, "usr/lib/sysusers.d/foo.conf", "");
        file(upper, "var/spool/cron/crontabs/foo", "");
        link(upper, "etc/rc2.d/S01foo", "../init.d/foo");

        assertEquals(
                List.of(
                        "alternative /etc/alternatives/foo: present, a dangling link",
                        "cron entry /etc/cron.d/foo: present",
                        "logrotate entry /etc/logrotate.d/foo: present",
                        "unit /etc/rc2.d/S01foo: present, a dangling link",
                        "unit /etc/systemd/system/bar.service: present, a link",
                        "unit /etc/systemd/system/multi-user.target.wants/foo.service: present, a dangling link",
                        "alternative /usr/bin/foo: present, a dangling link",
                        "unit /usr/lib/systemd/system/bar.service: present",
                        "sysusers entry /usr/lib/sysusers.d/foo.conf: present",
                        "tmpfiles entry /usr/lib/tmpfiles.d/foo.conf: present",
                        "alternative /var/lib/dpkg/alternatives/foo: present",
                        "cron entry /var/spool/cron/crontabs/foo: present"),
                lines(check()));
    }

    @Test
    void users_and_groups_that_stayed_are_told() throws IOException {
        file(upper, "etc/passwd", "root:x:0:0::/root:/bin/sh\nmysql:x:101:101::/:/bin/false\n");
        file(upper, "etc/group", "root:x:0:\nmysql:x:101:\n");

        assertEquals(
                List.of("user mysql: present", "gone www-data: the user is gone", "group mysql: present"),
                lines(check()));
        assertEquals(
                List.of("gone www-data: the user is gone"),
                lines(check().allowing(List.of(PathGlob.parse("user:my*"), PathGlob.parse("group:mysql")))));
        assertEquals(List.of("gone www-data: the user is gone"), lines(check().under(LeftoverPolicy.AFTER_ERASE)));
    }

    @Test
    void names_of_any_bytes_are_told_in_one_line() throws IOException {
        Path odd = Path.of(URI.create(upper.toUri() + "odd%FFname"));
        Files.createFile(odd);
        Files.createFile(upper.resolve("new\nline"));

        assertEquals(List.of("file /new\\x0aline: present", "file /odd\\xffname: present"), lines(check()));
    }

    @Test
    void links_are_not_followed() throws IOException {
        Path outside = directory(temporary, "outside");
        file(outside, "secret", "x");
        link(upper, "out", outside.toString());
        link(upper, "loop", ".");

        assertEquals(List.of("file /loop: present, a link", "file /out: present, a link"), lines(check()));
    }

    // No leftovers

    @Test
    void what_package_managers_and_the_running_system_keep_is_no_leftover() throws IOException {
        for (String path : List.of(
                "var/lib/dpkg/status",
                "var/lib/apt/lists/x",
                "var/cache/apt/x",
                "var/log/dpkg.log",
                "var/lib/rpm/x",
                "usr/lib/sysimage/rpm/x",
                "var/lib/dnf/x",
                "var/cache/dnf/x",
                "var/lib/zypp/x",
                "var/cache/zypp/x",
                "var/lib/pacman/x",
                "var/cache/pacman/x",
                "var/log/pacman.log",
                "var/log/journal/x/y",
                "etc/machine-id",
                "var/lib/systemd/x",
                "etc/ld.so.cache",
                "var/cache/ldconfig/x",
                "etc/.updated",
                "tmp/x",
                "run/x",
                "var/tmp/postroj/x.deb",
                "etc/resolv.conf",
                "etc/hostname",
                "var/log/apt/term.log",
                "etc/passwd-",
                "var/tmp/systemd-private-1-x/tmp")) {
            file(upper, path, "x");
        }

        assertEquals(List.of(), lines(check()));
    }

    @Test
    void what_an_installed_package_owns_is_no_leftover_under_either_name_of_a_merged_directory() throws IOException {
        file(upper, "usr/lib/libbar.so", "x");
        file(upper, "usr/lib/libbaz.so", "x");
        file(upper, "usr/lib/libqux.so", "x");
        List<Collection<String>> asked = new ArrayList<>();

        LeftoverCheck check = check().knowing(paths -> {
            asked.add(paths);
            return Set.of("/lib/libbar.so", "/usr/lib/libbaz.so");
        });

        assertEquals(List.of("file /usr/lib/libqux.so: present"), lines(check));
        assertEquals(1, asked.size());
        assertTrue(asked.get(0).contains("/lib/libqux.so"), asked.toString());
    }

    @Test
    void an_alternative_that_leads_to_what_an_installed_package_brings_is_no_leftover() throws IOException {
        link(low, "etc/alternatives/awk", "/usr/bin/mawk");
        file(low, "var/lib/dpkg/alternatives/awk", "mawk");
        link(upper, "etc/alternatives/awk", "/usr/bin/gawk");
        link(upper, "usr/lib/awk", "/etc/alternatives/awk");
        file(upper, "var/lib/dpkg/alternatives/awk", "gawk");

        assertEquals(List.of(), lines(check().knowing(paths -> Set.of("/usr/bin/gawk"))));
        assertEquals(
                List.of(
                        "changed /etc/alternatives/awk: it is not as in the image",
                        "alternative /usr/lib/awk: present, a dangling link",
                        "changed /var/lib/dpkg/alternatives/awk: it is not as in the image"),
                lines(check()));
    }

    @Test
    void what_is_allowed_is_no_leftover_and_neither_is_a_directory_that_holds_nothing_else() throws IOException {
        file(upper, "var/www/html/index.html", "x");

        assertEquals(List.of(), lines(check().allowing(List.of(PathGlob.parse("/var/www/html/*.html")))));

        file(upper, "var/www/html/other", "x");

        assertEquals(
                List.of("directory /var: present with 3 entries below"),
                lines(check(emptyBase()).allowing(List.of(PathGlob.parse("/var/www/html/*.html")))));
    }

    @Test
    void what_was_there_before_the_first_installation_is_no_leftover() throws IOException {
        file(upper, "opt/setup/x", "1");
        before = look();
        file(upper, "opt/new", "1");

        assertEquals(List.of("file /opt/new: present"), lines(check()));
    }

    @Test
    void configuration_state_and_accounts_stay_until_a_purge_but_no_programs_and_alternatives() throws IOException {
        file(upper, "etc/foo.conf", "x");
        file(upper, "etc/cron.d/foo", "x");
        file(upper, "var/lib/foo/db", "x");
        link(upper, "etc/alternatives/foo", "/usr/bin/foo-1");
        file(upper, "usr/lib/foo.so", "x");
        file(upper, "etc/passwd", "root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/:/bin/false\nmysql:x:1:1:::\n");

        assertEquals(
                List.of("alternative /etc/alternatives/foo: present, a dangling link", "file /usr/lib/foo.so: present"),
                lines(check().under(LeftoverPolicy.AFTER_REMOVE)));
    }

    @Test
    void a_writable_layer_that_is_gone_cannot_be_read() {
        LayerStack stack = new LayerStack(List.of(low), temporary.resolve("no"), temporary, true, 0);

        HarnessException failure =
                assertThrows(HarnessException.class, () -> LeftoverSnapshot.read(stack, opaque(), Set.of()));

        assertTrue(failure.getMessage().contains("not there any more"), failure.getMessage());
    }
}
