package dev.racker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.racker.cli.TestRacker.Result;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code cp}, {@code diff} and {@code export} of a container that runs and of one that does not. */
@ExtendWith(TestRacker.Own.class)
class CopyIT {

    private static Path imageTar;

    private final TestRacker racker;

    CopyIT(TestRacker racker) {
        this.racker = racker;
    }

    @BeforeAll
    static void start(TestRacker racker) throws Exception {
        Path tree = TestArchives.busybox(racker.files().resolve("copy"));
        Path owned =
                Files.writeString(Files.createDirectories(tree.resolve("srv")).resolve("owned"), "of 105\n");
        Files.setAttribute(owned, "unix:uid", 105);
        Files.setAttribute(owned, "unix:gid", 33);
        for (String name : List.of("dev", "proc", "run", "sys", "tmp")) {
            Files.createDirectories(tree.resolve(name));
        }
        imageTar = tree.resolveSibling("copy.tar");
        racker.tool("tar", "-C", tree.toString(), "-cf", imageTar.toString(), ".");
        racker.run("pull", imageTar.toString()).ok();
        String links = "echo inside >/etc/name; ln -s /etc /srv/absolute; ln -s ../../../../etc /srv/upwards;"
                + " ln -s " + racker.files() + " /srv/astray; rm /etc/marker; echo x >>/etc/passwd;";
        racker.run(
                        "run",
                        "-d",
                        "--network=none",
                        "--name",
                        "live",
                        "-v",
                        "data:/v",
                        "--tmpfs",
                        "/mem",
                        imageTar.toString(),
                        "sh",
                        "-c",
                        links + " echo volume >/v/file; exec sleep 1000")
                .ok();
        racker.run(
                        "run",
                        "--network=none",
                        "--name",
                        "ended",
                        "-v",
                        "other:/v",
                        imageTar.toString(),
                        "sh",
                        "-c",
                        links + " echo volume >/v/file")
                .ok();
    }

    @AfterAll
    static void remove(TestRacker racker) throws Exception {
        racker.run("rm", "--force", "--volumes", "live", "ended").ok();
        racker.assertNothingLeft();
    }

    private String tree(Path directory) {
        return racker.tool(
                        "sh",
                        "-c",
                        "cd \"$1\" && find . -printf '%P %y %m %U:%G %n %s %T@ %l\\n' | grep -v '^ ' | sort"
                                + " && getfattr -R -d -m '^user' . 2>&1",
                        "sh",
                        directory.toString())
                .text();
    }

    private Path sample(String name) throws Exception {
        Path sample = Files.createDirectories(racker.files().resolve(name).resolve("sub directory"))
                .getParent();
        Path file = Files.writeString(sample.resolve("a,file & more"), "content\n");
        Files.setAttribute(file, "unix:mode", 04751);
        Files.setAttribute(file, "unix:uid", 1234);
        Files.setAttribute(file, "unix:gid", 5);
        Files.createLink(sample.resolve("sub directory/hard"), file);
        Files.createSymbolicLink(sample.resolve("link"), Path.of("/etc/passwd"));
        racker.tool("setfattr", "-n", "user.note", "-v", "kept", file.toString());
        racker.tool("mkfifo", sample.resolve("fifo").toString());
        racker.tool("truncate", "--size=5M", sample.resolve("hole").toString());
        return sample;
    }

    @ParameterizedTest
    @ValueSource(strings = {"live:/srv/in", "ended:/srv/in", "live:/mem/in", "live:/v/in", "ended:/v/in"})
    void a_tree_comes_back_as_it_went_in(String place) throws Exception {
        Path sample = sample("sample" + place.hashCode());
        Path back = sample.resolveSibling("back" + place.hashCode());

        racker.run("cp", "-a", sample.toString(), place).ok();
        racker.run("cp", "-a", place + "/.", back.toString()).ok();

        assertEquals(tree(sample), tree(back));
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ended"})
    void what_is_copied_in_is_roots_and_what_is_copied_out_the_callers(String container) throws Exception {
        Path file = Files.writeString(racker.files().resolve("mine"), "mine\n");
        Files.setAttribute(file, "unix:uid", 1234);
        Path out = Files.createDirectories(racker.files().resolve("out-" + container));

        racker.run("cp", file.toString(), container + ":/srv/").ok();
        racker.run("cp", "-a", container + ":/srv/mine", out.toString()).ok();
        racker.run("cp", container + ":/srv/owned", out.toString()).ok();
        racker.run("cp", "-a", container + ":/srv/owned", out.resolve("kept").toString())
                .ok();

        assertEquals(0, Files.getAttribute(out.resolve("mine"), "unix:uid"));
        assertEquals(0, Files.getAttribute(out.resolve("owned"), "unix:uid"));
        assertEquals(105, Files.getAttribute(out.resolve("kept"), "unix:uid"));
        assertEquals(33, Files.getAttribute(out.resolve("kept"), "unix:gid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ended"})
    void links_inside_lead_to_places_inside(String container) throws Exception {
        Path out = Files.createDirectories(racker.files().resolve("links-" + container));
        Path secret = Files.writeString(racker.files().resolve("secret"), "of the host\n");

        racker.run("cp", container + ":/srv/absolute/name", out.resolve("1").toString())
                .ok();
        racker.run("cp", container + ":/srv/upwards/name", out.resolve("2").toString())
                .ok();
        racker.run("cp", container + ":/srv/absolute", out.resolve("link").toString())
                .ok();
        racker.run(
                        "cp",
                        "-L",
                        container + ":/srv/absolute",
                        out.resolve("directory").toString())
                .ok();
        Result astray = racker.run(
                "cp", container + ":/srv/astray/secret", out.resolve("3").toString());
        Result into = racker.run("cp", secret.toString(), container + ":/srv/astray/written");

        assertEquals("inside\n", Files.readString(out.resolve("1")));
        assertEquals("inside\n", Files.readString(out.resolve("2")));
        assertEquals(Path.of("/etc"), Files.readSymbolicLink(out.resolve("link")));
        assertEquals("inside\n", Files.readString(out.resolve("directory/name")));
        assertEquals(1, astray.status(), astray::toString);
        assertTrue(astray.err().contains("Could not find the file"), astray.err());
        assertEquals(1, into.status(), into::toString);
        assertFalse(Files.exists(racker.files().resolve("written"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void a_directory_that_turns_into_a_link_meanwhile_leads_nowhere() throws Exception {
        Path bait = Files.createDirectories(racker.files().resolve("bait"));
        Files.setAttribute(bait, "unix:mode", 0777);
        Files.writeString(bait.resolve("file"), "of the host\n");
        Path file = Files.writeString(racker.files().resolve("lure"), "lure\n");
        String turning = "mkdir /srv/turn; cd /srv/turn; mkdir -p d; echo inside >d/file; ln -s " + bait + " l;"
                + " touch go; while [ -e go ]; do mv d x; mv l d; mv d l; mv x d; done";
        racker.run("exec", "-d", "live", "sh", "-c", turning).ok();

        for (int i = 0; i < 5; i++) {
            racker.run("cp", file.toString(), "live:/srv/turn/d/");
            Result read = racker.run("cp", "live:/srv/turn/d/file", "-");

            assertFalse(read.out().contains("of the host"), read::toString);
            assertFalse(Files.exists(bait.resolve("lure")), "written to the host");
        }
        racker.run("exec", "live", "sh", "-c", "rm /srv/turn/go").ok();
    }

    @Test
    void a_file_is_no_directory_whatever_its_path_ends_with() throws Exception {
        String file =
                Files.writeString(racker.files().resolve("plain"), "plain").toString();
        for (String end : List.of("/", "/.")) {
            assertEquals(1, racker.run("cp", file + end, "ended:/srv/slash").status());
            assertEquals(1, racker.run("cp", "ended:/etc/passwd" + end, file).status());
        }
        assertEquals("plain", Files.readString(Path.of(file)));
        assertTrue(racker.run("cp", "live:/nope", file).err().endsWith("racker exec live ls\n"));
        assertTrue(racker.run("cp", "ended:/nope", file).err().endsWith("racker export ended | tar t\n"));
    }

    @Test
    void an_archive_can_stand_for_either_end() throws Exception {
        byte[] archive = racker.run("cp", "ended:/srv/owned", "-").bytes();

        racker.run(archive, "cp", "-", "live:/mem").ok();

        Path out = racker.files().resolve("through");
        racker.run("cp", "-a", "live:/mem/owned", out.toString()).ok();
        assertEquals("of 105\n", Files.readString(out));
        assertEquals(105, Files.getAttribute(out, "unix:uid"));
        assertEquals(1, racker.run(archive, "cp", "-", "live:/srv/owned").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ended"})
    void the_differences_are_those_of_the_writable_layer(String container) throws Exception {
        List<String> changes = racker.run("diff", container).ok().lines().toList();

        assertTrue(
                changes.containsAll(
                        List.of("C /etc", "A /etc/name", "D /etc/marker", "C /etc/passwd", "A /srv/absolute")),
                changes.toString());
        assertFalse(changes.contains("A /etc/hostname"), changes.toString());
    }

    @Test
    void an_export_holds_what_the_image_held_with_its_owners() throws Exception {
        racker.run("create", "--network=none", "--name", "new", imageTar.toString())
                .ok();
        Path archive = racker.files().resolve("export.tar");
        racker.run("export", "-o", archive.toString(), "new").ok();
        racker.run("rm", "new").ok();

        List<String> wanted = listing(imageTar);
        List<String> found = listing(archive);
        wanted.removeAll(found);

        assertEquals(List.of(), wanted);
        assertEquals(1, racker.run("export", "nobody").status());
    }

    /** Without the root and its entries' time of change, which those that get something new have another of. */
    private List<String> listing(Path archive) {
        List<String> listing = new ArrayList<>();
        racker.tool("tar", "--numeric-owner", "-tvf", archive.toString())
                .text()
                .lines()
                .map(line -> line.replaceAll(" +[0-9-]+ [0-9:]+ (\\./)?", " "))
                .forEach(listing::add);
        listing.removeIf(line -> line.endsWith(" "));
        return listing;
    }
}
