package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.overlay.LayerStack;
import dev.racker.harness.probe.ProbeResult;
import dev.racker.harness.probe.Verdict;
import dev.racker.harness.store.StackLookup;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees made by hand; a socket stands for a whiteout, which only root can make. */
class LeftoverCheckTest {

    @TempDir
    Path temporary;

    private final Set<Path> opaque = new HashSet<>();
    private Path low;
    private Path boot;
    private Path upper;
    private LeftoverSnapshot before;

    @BeforeEach
    void layers() throws IOException {
        low = Files.createDirectory(temporary.resolve("low"));
        boot = Files.createDirectory(temporary.resolve("boot"));
        upper = Files.createDirectory(temporary.resolve("upper"));
        file(low, "etc/passwd", "root:x:0:0::/root:/bin/sh\nwww-data:x:33:33::/:/bin/false\n");
        file(low, "etc/group", "root:x:0:\n");
        file(low, "etc/shells", "/bin/sh\n");
        file(low, "usr/lib/libfoo.so.1", "one");
        file(low, "usr/share/doc/foo/a", "a");
        file(low, "usr/share/doc/foo/b", "b");
        directory(low, "var/lib");
        directory(low, "etc/cron.d");
        link(low, "lib", "usr/lib");
        before = look();
    }

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

    // Changed and gone

    @Test
    void a_file_of_the_image_that_changed_is_told() throws IOException {
        file(upper, "etc/shells", "/bin/sh\n/bin/foo\n");

        assertEquals(List.of("changed /etc/shells: it is not as in the image"), lines(check()));
        assertEquals(
                "leftover /etc/shells: changed expected unchanged, was it is not as in the image",
                check().results().get(0).line());
    }

    @Test
    void a_changed_mode_is_told() throws IOException {
        Path file = file(upper, "opt/x", "1");
        before = look();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

        assertEquals(List.of("changed /opt/x: its mode was 0644 and is 0700"), lines(check()));
    }

    @Test
    void a_changed_file_of_an_installed_package_is_told_below_etc_only() throws IOException {
        file(upper, "etc/shells", "other");
        file(upper, "usr/lib/libfoo.so.1", "newer");

        assertEquals(
                List.of("changed /etc/shells: it is not as in the image"),
                lines(check().knowing(paths -> Set.of("/etc/shells", "/usr/lib/libfoo.so.1"))));
    }

    @Test
    void a_large_file_that_was_only_touched_has_not_changed() throws IOException {
        String large = "x".repeat(100_000);
        file(low, "usr/large", large);
        file(upper, "usr/large", large);

        assertEquals(List.of(), lines(check()));

        file(upper, "usr/large", large.substring(1) + "y");

        assertEquals(List.of("changed /usr/large: it is not as in the image"), lines(check()));
    }

    @Test
    void a_file_of_the_image_that_is_gone_is_told() throws IOException {
        directory(upper, "etc");
        whiteout("etc/shells");
        whiteout("etc/was-never-there");

        assertEquals(List.of("gone /etc/shells: it is gone"), lines(check()));
    }

    @Test
    void a_gone_file_below_usr_is_told_when_an_installed_package_still_owns_it() throws IOException {
        directory(upper, "usr/lib");
        whiteout("usr/lib/libfoo.so.1");

        assertEquals(List.of(), lines(check()));
        assertEquals(
                List.of("gone /usr/lib/libfoo.so.1: it is gone"),
                lines(check().knowing(paths -> Set.of("/usr/lib/libfoo.so.1"))));
    }

    @Test
    void what_an_opaque_directory_hides_is_gone() throws IOException {
        file(low, "etc/foo/a", "a");
        file(boot, "etc/foo/b", "b");
        file(upper, "etc/foo/b", "b");
        opaque.add(upper.resolve("etc/foo"));

        assertEquals(List.of("gone /etc/foo/a: it is gone"), lines(check()));
    }

    @Test
    void a_file_that_setup_made_and_a_removal_took_is_gone() throws IOException {
        Path file = file(upper, "opt/setup", "1");
        before = look();
        Files.delete(file);

        assertEquals(List.of("gone /opt/setup: it is gone"), lines(check()));
    }

    @Test
    void a_file_that_came_back_as_it_was_is_no_leftover() throws IOException {
        directory(upper, "etc");
        whiteout("etc/shells");
        before = look();
        Files.delete(upper.resolve("etc/shells"));
        file(upper, "etc/shells", "/bin/sh\n");

        assertEquals(List.of(), lines(check()));
    }

    @Test
    void a_writable_layer_that_is_gone_cannot_be_read() {
        LayerStack stack = new LayerStack(List.of(low), temporary.resolve("no"), temporary, true, 0);

        HarnessException failure =
                assertThrows(HarnessException.class, () -> LeftoverSnapshot.read(stack, opaque(), Set.of()));

        assertTrue(failure.getMessage().contains("not there any more"), failure.getMessage());
    }

    private LeftoverCheck check() {
        return LeftoverCheck.between(before, look());
    }

    private LeftoverCheck check(LeftoverSnapshot other) {
        return LeftoverCheck.between(other, look(List.of(boot)));
    }

    private LeftoverSnapshot emptyBase() throws IOException {
        Path nothing = directory(temporary, "nothing");
        return LeftoverSnapshot.read(new LayerStack(List.of(boot), nothing, temporary, true, 0), opaque(), Set.of());
    }

    private LeftoverSnapshot look() {
        return look(List.of(low, boot));
    }

    private LeftoverSnapshot look(List<Path> lower) {
        return LeftoverSnapshot.read(new LayerStack(lower, upper, temporary, true, 0), opaque(), Set.of("/mnt"));
    }

    private StackLookup.Marks opaque() {
        return new StackLookup.Marks() {
            @Override
            public boolean isWhiteout(Path entry) {
                return true;
            }

            @Override
            public boolean isOpaque(Path directory) {
                return opaque.contains(directory);
            }
        };
    }

    private static List<String> lines(LeftoverCheck check) {
        return check.leftovers().stream()
                .map(left -> left.kind().words() + " " + left.subject() + ": " + left.state())
                .toList();
    }

    private static Path file(Path layer, String path, String text) throws IOException {
        Path file = layer.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Path directory(Path layer, String path) throws IOException {
        return Files.createDirectories(layer.resolve(path));
    }

    private static void link(Path layer, String path, String target) throws IOException {
        Path link = layer.resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    private void whiteout(String path) throws IOException {
        Path short_ = temporary.resolve("s");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(short_));
        }
        Files.move(short_, upper.resolve(path));
    }
}
