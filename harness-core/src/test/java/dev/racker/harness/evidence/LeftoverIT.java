package dev.racker.harness.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.Container;
import dev.racker.harness.ContainerOptions;
import dev.racker.harness.TestImage;
import dev.racker.harness.machine.Machine;
import dev.racker.harness.machine.Payload;
import dev.racker.harness.network.NetworkMode;
import dev.racker.harness.process.Command;
import dev.racker.harness.process.CommandResult;
import dev.racker.harness.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What real packages leave in a real Debian. */
@ExtendWith(TestImage.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeftoverIT {

    @TempDir
    Path temporary;

    private TestImage image;
    private Container container;
    private Machine machine;
    private LeftoverSnapshot before;

    @BeforeAll
    void boot(TestImage shared) {
        image = shared;
        container = image.boot(image.debian(), ContainerOptions.defaults().on(NetworkMode.BRIDGE));
        machine = container.machine();
        apt("update");
    }

    @BeforeEach
    void look() {
        before = LeftoverSnapshot.take(machine);
    }

    @AfterAll
    void end() {
        container.close();
        assertEquals(List.of(), image.leftovers());
    }

    @Test
    void nginx_leaves_its_web_root_and_redis_nothing() {
        apt("install", "--no-install-recommends", "nginx", "redis-server");
        apt("remove", "redis-server");

        assertEquals(List.of(), lines(after().under(LeftoverPolicy.AFTER_REMOVE).knowing(this::owned)));

        apt("purge", "--auto-remove", "nginx", "redis-server");

        assertEquals(List.of("directory /var/www: present with 2 entries below"), lines(after()));
        assertEquals(
                List.of("/var/www/html", "/var/www/html/index.nginx-debian.html"),
                after().leftovers().get(0).detail());
        assertEquals(
                "nothing left",
                after().allowing(List.of(PathGlob.parse("/var/www")))
                        .results()
                        .get(0)
                        .actual());

        machine.run("rm", "-r", "/var/www");
    }

    @Test
    void a_package_that_cleans_nothing_up_is_told_by_all_that_it_leaves() throws IOException {
        machine.files().copyIn(deb(), "/var/tmp/messy.deb");
        apt("install", "/var/tmp/messy.deb");
        machine.run("rm", "/var/tmp/messy.deb");
        apt("remove", "messy");

        assertEquals(
                List.of(
                        "alternative /etc/alternatives/messy: present, a dangling link",
                        "changed /etc/issue: it is not as in the image",
                        "gone /etc/motd: it is gone",
                        "directory /opt/messy: present with 1 entry below",
                        "alternative /usr/bin/messy: present, a dangling link",
                        "alternative /var/lib/dpkg/alternatives/messy: present"),
                lines(after().under(LeftoverPolicy.AFTER_REMOVE)));

        apt("purge", "messy");

        assertEquals(
                List.of(
                        "alternative /etc/alternatives/messy: present, a dangling link",
                        "cron entry /etc/cron.d/messy: present",
                        "changed /etc/issue: it is not as in the image",
                        "logrotate entry /etc/logrotate.d/messy: present",
                        "gone /etc/motd: it is gone",
                        "unit /etc/systemd/system/multi-user.target.wants/messy.service: present, a dangling link",
                        "directory /opt/messy: present with 1 entry below",
                        "alternative /usr/bin/messy: present, a dangling link",
                        "alternative /var/lib/dpkg/alternatives/messy: present",
                        "user messy: present",
                        "group messy: present"),
                lines(after()));
    }

    private LeftoverCheck after() {
        return LeftoverCheck.between(before, LeftoverSnapshot.take(machine));
    }

    private static List<String> lines(LeftoverCheck check) {
        return check.leftovers().stream()
                .map(left -> left.kind().words() + " " + left.subject() + ": " + left.state())
                .toList();
    }

    /** dpkg-query(1): lines of {@code package, package: path}, and status 1 when some are unknown. */
    private Set<String> owned(Collection<String> paths) {
        List<String> command = new ArrayList<>(List.of("dpkg-query", "--search", "--"));
        command.addAll(paths);
        Set<String> owned = new HashSet<>();
        for (String line : machine.run(Payload.of(command)).text().split("\n")) {
            owned.add(line.substring(line.indexOf(": ") + 2));
        }
        return owned;
    }

    /** Its scripts do what careless ones do, and its purge nothing. */
    private Path deb() throws IOException {
        Path tree = Files.createDirectories(temporary.resolve("messy"));
        write(tree.resolve("DEBIAN/control"), """
                Package: messy
                Version: 1.0
                Architecture: all
                Maintainer: Nobody <nobody@example.org>
                Description: leaves things behind
                """);
        Path postinst = write(tree.resolve("DEBIAN/postinst"), """
                #!/bin/sh
                set -e
                mkdir -p /opt/messy /etc/cron.d /etc/logrotate.d
                echo x >/opt/messy/file
                echo '# nothing' >/etc/cron.d/messy
                echo '# nothing' >/etc/logrotate.d/messy
                echo messy >>/etc/issue
                rm -f /etc/motd
                useradd --system --user-group messy
                ln -s /lib/systemd/system/messy.service /etc/systemd/system/multi-user.target.wants/messy.service
                update-alternatives --install /usr/bin/messy messy /usr/lib/messy/messy 10
                """);
        Files.setPosixFilePermissions(postinst, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path postrm = write(tree.resolve("DEBIAN/postrm"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(postrm, PosixFilePermissions.fromString("rwxr-xr-x"));
        write(tree.resolve("usr/lib/systemd/system/messy.service"), """
                [Service]
                ExecStart=/bin/true
                [Install]
                WantedBy=multi-user.target
                """);
        Path program = write(tree.resolve("usr/lib/messy/messy"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path deb = temporary.resolve("messy.deb");
        new CommandRunner()
                .run(Command.of("dpkg-deb", "--root-owner-group", "--build", tree.toString(), deb.toString()));
        return deb;
    }

    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void apt(String... arguments) {
        List<String> command = new ArrayList<>(List.of("apt-get", "--yes", "--quiet"));
        command.addAll(List.of(arguments));
        Payload payload = Payload.of(command).env(List.of("DEBIAN_FRONTEND=noninteractive"));
        CommandResult result = machine.run(payload);
        assertEquals(0, result.status(), () -> result.text() + result.errorText());
    }
}
