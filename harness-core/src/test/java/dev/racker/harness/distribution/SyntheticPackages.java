package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.Container;
import dev.racker.harness.SyntheticImages;
import dev.racker.harness.TestImage;
import dev.racker.harness.distribution.PackageRequest.LocalFile;
import dev.racker.harness.distribution.PackageRequest.Named;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every package manager does, seen with a real one in a {@linkplain SyntheticImages synthetic image}; a subclass
 * names it and says what is special.
 */
@ExtendWith(TestImage.Shared.class)
abstract class SyntheticPackages {

    static final Optional<InstalledPackage> NONE = Optional.empty();

    private final SyntheticImages.Manager manager;
    private TestImage image;
    private Container container;
    PackageManager packages;

    SyntheticPackages(SyntheticImages.Manager manager) {
        this.manager = manager;
    }

    @BeforeEach
    void boot(TestImage shared) {
        image = shared;
        container = image.boot(SyntheticImages.put(image.harness(), manager));
        packages = PackageManager.of(container.machine());
        done(packages.refresh());
    }

    @AfterEach
    void end() {
        container.close();
        assertEquals(List.of(), image.leftovers());
    }

    LocalFile file(String name, String version) {
        return new LocalFile(SyntheticImages.file(manager, name, version));
    }

    String shell(String script) {
        return container.run("/bin/sh", "-c", script).text();
    }

    static void done(Transaction transaction) {
        assertTrue(transaction.succeeded(), transaction.toString());
        assertEquals("", transaction.reason(), transaction.toString());
    }

    static void failed(String reason, Transaction transaction) {
        assertEquals(reason, transaction.reason(), transaction.toString());
        assertFalse(transaction.succeeded(), transaction.toString());
        assertFalse(transaction.unreachable(), transaction.toString());
    }

    String version(String name) {
        return packages.installed(name).map(InstalledPackage::version).orElse("none");
    }

    @Test
    void a_file_lives_from_installation_to_purge_with_its_dependency_from_the_repository() {
        assertEquals(manager.program(), packages.name());
        assertEquals(NONE, packages.installed("greeter"));

        Transaction installed = packages.install(List.of(file("greeter", "1.0")));

        done(installed);
        assertTrue(installed.command().contains("/var/tmp/postroj/greeter_1.0-1_"), installed.command());
        assertEquals("", shell("ls /var/tmp/postroj 2>/dev/null"));
        assertEquals("1.0-1", version("greeter"));
        assertEquals("1.0-1", version("greeter-data"));
        assertTrue(packages.files("greeter").contains("/usr/bin/greeter"));
        assertEquals(List.of("greeter.service"), packages.units("greeter"));
        assertEquals(Optional.of("greeter"), packages.owner("/usr/lib/systemd/system/greeter.service"));
        assertEquals(Optional.empty(), packages.owner("/usr/bin/systemctl"));
        assertEquals(Optional.empty(), packages.owner("/no/such/file"));
        assertEquals("active", shell("systemctl start greeter && systemctl is-active greeter"));

        done(packages.upgrade(List.of(file("greeter", "2.0"))));
        assertEquals("2.0-1", version("greeter"));
        done(packages.reinstall(List.of(file("greeter", "2.0"))));
        Transaction reinstalled = packages.reinstall(List.of(new Named("greeter", null)));
        assertFalse(reinstalled.succeeded(), reinstalled.toString());
        assertEquals("2.0-1", version("greeter"), reinstalled.toString());
        done(packages.install(List.of(file("greeter", "1.0"))));
        assertEquals("1.0-1", version("greeter"));

        shell("echo text=changed >/etc/greeter.conf");
        done(packages.remove(List.of("greeter")));
        assertEquals("none", version("greeter"));
        assertEquals("none", version("greeter-data"));
        assertEquals(List.of(), packages.files("greeter"));
        assertEquals("text=changed", shell("cat /etc/greeter.conf*"));
        done(packages.purge(List.of("greeter")));
        assertEquals("", shell("ls -d /etc/greeter.conf* 2>/dev/null"));

        done(packages.install(List.of(file("greeter", "1.0"))));
        shell("echo text=changed >/etc/greeter.conf");
        done(packages.purge(List.of("greeter")));
        assertEquals("", shell("ls -d /etc/greeter.conf* 2>/dev/null"));
        assertEquals("none", version("greeter"));
    }

    @Test
    void names_and_versions_of_the_repository_are_found_or_told() {
        done(packages.install(List.of(new Named("versioned", null), new Named("greeter-data", null))));
        assertEquals("2.0-1", version("versioned"));
        assertEquals("1.0-1", version("greeter-data"));
        done(packages.reinstall(List.of(new Named("versioned", null))));
        failed("there is no package no-such-thing", packages.install(List.of(new Named("no-such-thing", null))));
        failed(noVersion(), packages.install(List.of(new Named("versioned", "7.0"))));
        failed(
                "greeter is not installed, so it cannot be upgraded",
                packages.upgrade(List.of(new Named("greeter", null))));
        done(packages.install(List.of(file("versioned", "1.0"))));
        assertEquals("1.0-1", version("versioned"));
        done(packages.upgrade(List.of(new Named("versioned", null))));
        assertEquals("2.0-1", version("versioned"));
        done(packages.install(List.of(new Named("versioned", null), file("greeter", "1.0"))));
        assertEquals("1.0-1", version("greeter"));
    }

    /** The words for a version that is not there. */
    String noVersion() {
        return "there is no version 7.0 of versioned";
    }

    @Test
    void what_cannot_be_installed_is_told_with_its_reason() {
        failed(unmet(), packages.install(List.of(file("unmet", "1.0"))));
        assertEquals("none", version("unmet"));
        failed(failingScript("pre"), packages.install(List.of(file("failing-pre", "1.0"))));
        failed(failingScript("post"), packages.install(List.of(file("failing-post", "1.0"))));

        done(packages.install(List.of(file("greeter", "1.0"))));
        failed(rival(), packages.install(List.of(file("rival", "1.0"))));
        failed(clash(), packages.install(List.of(file("clash", "1.0"))));
        assertEquals("none", version("rival"));
        assertEquals("none", version("clash"));
    }

    String unmet() {
        return "unmet-1.0-1.noarch needs no-such-thing >= 3, which nothing provides";
    }

    String failingScript(String when) {
        return "the %" + (when.equals("pre") ? "prein" : when) + " script of failing-" + when
                + "-1.0-1.noarch failed with exit status 1";
    }

    String rival() {
        return "rival-1.0-1.noarch conflicts with greeter-1.0-1.noarch";
    }

    String clash() {
        return "clash-1.0-1.noarch brings /usr/bin/greeter, which belongs to the package greeter-1.0-1.noarch";
    }
}
