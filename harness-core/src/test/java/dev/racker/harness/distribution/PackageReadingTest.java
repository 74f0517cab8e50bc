package dev.racker.harness.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.harness.distribution.PackageDatabase.Answer;
import dev.racker.harness.distribution.PackageTool.Reading;
import dev.racker.harness.error.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the real programs said and how they ended, captured; the files are named PROGRAM-CASE-STATUS. */
class PackageReadingTest {

    private static PackageTool tool(String name) {
        return switch (name) {
            case "apt" -> new Apt();
            case "zypper" -> new Zypper();
            case "pacman" -> new Pacman();
            case "microdnf" -> new Microdnf();
            default -> new Dnf(name);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dnf-installed-0|",
                "dnf-unknown-package-1|there is no package nosuch",
                "dnf-unknown-version-1|there is no package versioned-7.0",
                "dnf-unmet-1|unmet-1.0-1.noarch needs no-such-thing >= 3, which nothing provides",
                "dnf-clash-1|clash-1.0-1.noarch brings /usr/bin/greeter, which belongs to the package greeter-1.0-1.noarch",
                "dnf-rival-1|rival-1.0-1.noarch conflicts with greeter-1.0-1.noarch",
                "dnf-failing-pre-1|the %prein script of failing-pre-1.0-1.noarch failed with exit status 1",
                "dnf-failing-post-0|the %post script of failing-post-1.0-1.noarch failed with exit status 1",
                "dnf-reinstall-of-a-file-1|no repository has the installed version, greeter-2.0-1.noarch",
                "dnf5-unknown-package-1|there is no package nosuch",
                "dnf5-unmet-1|unmet-1.0-1.noarch needs no-such-thing >= 3, which nothing provides",
                "dnf5-clash-1|clash-1.0-1.noarch brings /usr/bin/greeter, which belongs to the package greeter-1.0-1.noarch",
                "dnf5-rival-1|greeter-1.0-1.noarch conflicts with rival-1.0-1.noarch",
                "dnf5-failing-pre-1|the %prein script of failing-pre-1.0-1.noarch failed with exit status 126",
                "dnf5-failing-post-1|the %post script of failing-post-1.0-1.noarch failed with exit status 126",
                "dnf5-reinstall-of-a-file-1|no repository has the installed version of greeter",
                "zypper-installed-0|",
                "zypper-unknown-package-104|there is no package nosuch",
                "zypper-unknown-version-104|there is no version 7.0 of versioned",
                "zypper-unmet-4|unmet-1.0-1.noarch needs no-such-thing >= 3, which nothing provides",
                "zypper-clash-8|clash-1.0-1.noarch brings /usr/bin/greeter, which belongs to the package greeter-1.0-1.noarch",
                "zypper-rival-4|rival-1.0-1.noarch conflicts with greeter-1.0-1.noarch",
                "zypper-failing-pre-8|the %prein script of failing-pre-1.0-1.noarch failed with exit status 1",
                "zypper-failing-post-107|the %post script of failing-post-1.0-1.noarch failed with exit status 1",
                "zypper-unsigned-8|its signature is not accepted (6-File is unsigned)",
                "pacman-installed-0|",
                "pacman-unknown-package-1|there is no package nosuch",
                "pacman-unknown-version-1|there is no version 7.0 of versioned",
                "pacman-unmet-1|unmet needs no-such-thing>=3, which nothing provides",
                "pacman-clash-1|clash brings /usr/bin/greeter, which belongs to the package greeter",
                "pacman-rival-1|rival conflicts with greeter",
                "pacman-failing-pre-0|the install script of failing-pre failed",
                "pacman-failing-post-0|the install script of failing-post failed",
                "pacman-remove-what-is-needed-1|greeter needs greeter-data, so greeter-data cannot go",
            })
    void a_real_ending_is_understood(String fixture, String reason) throws IOException {
        int dash = fixture.lastIndexOf('-');
        int status = Integer.parseInt(fixture.substring(dash + 1));
        PackageTool tool = tool(fixture.substring(0, fixture.indexOf('-')));

        Reading reading = tool.read(status, text(fixture));

        assertEquals(reason == null ? "" : reason, reading.reason());
        assertFalse(reading.unreachable());
    }

    private static String text(String fixture) throws IOException {
        try (InputStream in = PackageReadingTest.class.getResourceAsStream(fixture + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** zypper(8), "EXIT CODES". */
    @ParameterizedTest
    @CsvSource({"0,true", "102,true", "103,true", "1,false", "4,false", "8,false", "104,false", "106,false", "107,false"
    })
    void the_statuses_of_zypper_have_their_meaning(int status, boolean good) {
        assertEquals(good, new Zypper().read(status, "").good());
    }

    @Test
    void a_repository_that_zypper_skipped_is_no_word_about_the_package() {
        assertTrue(new Zypper().read(106, "").unreachable());
    }

    @Test
    void an_unknown_failure_is_told_in_the_last_words_of_the_program() {
        assertEquals(
                "apt-get says: Something new",
                new Apt().read(100, "one\nE: Something new\n").reason());
        assertEquals(
                "yum ended with exit status 1: what",
                new Dnf("yum").read(1, "some\nwhat\n").reason());
        assertEquals("pacman ended with exit status 2", new Pacman().read(2, "").reason());
    }

    @Test
    void yum_leaves_out_a_package_with_a_good_status_which_is_no_success() {
        String said = "No package nosuch available.\nInstalled:\n  tree.x86_64\nComplete!\n";

        assertEquals("there is no package nosuch", new Dnf("yum").read(0, said).reason());
    }

    @Test
    void a_hook_of_pacman_that_fails_is_named() {
        String said = """
                installing greeter...
                :: Running post-transaction hooks...
                (1/2) Reloading system manager configuration...
                (2/2) Creating temporary files...
                error: command failed to execute correctly
                """;

        assertEquals(
                "the hook \"Creating temporary files...\" failed",
                new Pacman().read(0, said).reason());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apt|100|E: Failed to fetch http://m/x.deb  404  Not Found [IP: 1.2.3.4 80]",
                "apt|100|Err:1 http://m bookworm InRelease\\n  Temporary failure resolving 'm'\\nE: Failed to fetch http://m/InRelease  Temporary failure resolving 'm'",
                "dnf|1|Error: Failed to download metadata for repo 'x': Cannot download repomd.xml",
                "yum|1|Cannot find a valid baseurl for repo: base/7/x86_64",
                "microdnf|1|error: cannot update repo 'x': Cannot download repomd.xml",
                "zypper|4|Download (curl) error for 'http://m/repodata/repomd.xml':",
                "pacman|1|error: failed retrieving file 'core.db' from m : Could not resolve host: m",
            })
    void a_mirror_that_cannot_be_reached_is_no_word_about_the_package(String tool, int status, String said) {
        Reading reading = tool(tool).read(status, said.replace("\\n", "\n"));

        assertTrue(reading.unreachable(), reading.toString());
        assertTrue(reading.reason().startsWith("a repository cannot be reached: "), reading.reason());
    }

    /** dpkg 1.21 and 1.23. */
    @ParameterizedTest
    @CsvSource({
        "installed x package post-installation script subprocess returned error exit status 3,the postinst script of x failed with exit status 3",
        "old x package postinst maintainer script subprocess failed with exit status 3,the postinst script of x failed with exit status 3",
        "new x package pre-installation script subprocess returned error exit status 1,the preinst script of x failed with exit status 1",
        "installed x package pre-removal script subprocess was killed by signal (Terminated),the prerm script of x was ended by the signal Terminated",
    })
    void a_failing_maintainer_script_is_named_as_its_file(String line, String reason) {
        String said = "dpkg: error processing package x (--configure):\n " + line
                + "\nE: Sub-process /usr/bin/dpkg returned an error code (1)\n";

        assertEquals(reason, new Apt().read(100, said).reason());
    }

    @Test
    void what_is_not_found_while_a_repository_cannot_be_reached_may_be_in_it() throws IOException {
        assertTrue(new Dnf("dnf5").read(1, text("dnf5-unreachable-1")).unreachable());
    }

    /** apt before 2.3 has no mode in which this is an error. */
    @Test
    void a_refresh_that_left_out_a_mirror_is_no_success_whatever_its_status() {
        assertTrue(new Apt()
                .readRefresh(0, "W: Failed to fetch http://m/InRelease  Could not connect to m:80")
                .unreachable());
        assertTrue(new Dnf("dnf")
                .readRefresh(0, "Error: Failed to download metadata for repo 'x'\nMetadata cache created.")
                .unreachable());
    }

    @Test
    void databases_tell_no_from_trouble() {
        assertTrue(new RpmDatabase().saysNo(new Answer(1, "package x is not installed", "")));
        assertFalse(new RpmDatabase().saysNo(new Answer(1, "", "error: cannot open Packages database")));
        assertTrue(new DpkgDatabase().saysNo(new Answer(1, "", "dpkg-query: no packages found matching x")));
        assertFalse(new DpkgDatabase().saysNo(new Answer(2, "", "dpkg-query: error: parsing file")));
        assertTrue(new AlpmDatabase().saysNo(new Answer(1, "", "error: package 'x' was not found")));
        assertFalse(new AlpmDatabase().saysNo(new Answer(1, "", "error: could not open database")));
    }

    @Test
    void a_package_is_installed_only_when_dpkg_says_so() {
        Answer answer = new Answer(
                0, "config-files\tx\t1.0\tamd64\nhalf-configured\tx\t1.0\ti386\ntriggers-awaited\tx\t2.0\tarm64\n", "");

        assertEquals(
                Optional.of(new InstalledPackage("x", "2.0", "arm64")), new DpkgDatabase().readInstalled("x", answer));
    }

    @Test
    void an_owner_is_read_from_lists_and_not_from_diversions() {
        Answer answer = new Answer(0, "diversion by dash from: /bin/sh\ndash:amd64, other: /bin/sh\n", "");

        assertEquals(Optional.of("dash"), new DpkgDatabase().readOwner("/bin/sh", answer));
    }

    @Test
    void configuration_files_of_pacman_are_found_in_both_of_its_layouts() {
        AlpmDatabase database = new AlpmDatabase();

        assertEquals(
                List.of("/etc/a", "/etc/b"),
                database.readConfiguration(
                        new Answer(0, "Name : x\nBackup Files    :\nUNMODIFIED\t/etc/a\nMODIFIED\t/etc/b\n", "")));
        assertEquals(
                List.of("/etc/a"),
                database.readConfiguration(new Answer(0, "Name : x\nBackup Files    : /etc/a [modified]\n", "")));
        assertEquals(List.of(), database.readConfiguration(new Answer(0, "Name : x\nBackup Files    : None\n", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "debian|apt-get|apt",
                "fedora|dnf,yum|dnf",
                "centos rhel fedora|yum|yum",
                "rhel fedora|microdnf|microdnf",
                "opensuse-leap suse opensuse|dnf,zypper|zypper",
                "sles|yum,zypper|zypper",
                "arch|apt-get,pacman|pacman",
                "unheard-of|zypper|zypper",
            })
    void the_package_manager_is_that_of_the_family(String family, String programs, String name) {
        PackageTool tool = Detection.choose("m", family + "\n" + programs.replace(',', '\n') + "\n");

        assertEquals(name, tool.name());
    }

    @Test
    void a_machine_without_a_package_manager_is_told() {
        HarnessException failure = assertThrows(HarnessException.class, () -> Detection.choose("m", "alpine \n"));

        assertTrue(failure.getMessage().contains("none of apt-get, dnf, yum"), failure.getMessage());
    }
}
