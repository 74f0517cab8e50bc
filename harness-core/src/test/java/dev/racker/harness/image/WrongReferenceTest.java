package dev.racker.harness.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of references that cannot be read. */
class WrongReferenceTest extends ImageReferenceCase {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "'' | it is empty | debian:bookworm-slim",
                "'   ' | it is empty | debian:bookworm-slim",
                "' debian' | starts or ends with a space | 'debian'",
                "'debian ' | starts or ends with a space | 'debian'",
                "'debian bookworm' | holds a space | Remove",
                "Debian | 'Debian' holds upper-case letters | 'debian'",
                "library/Debian | 'library/Debian' holds upper-case letters | 'library/debian'",
                "localhost:5000/Foo:1 | 'Foo' holds upper-case letters | 'foo'",
                "debian: | tag is empty | colon",
                "debian:a:b | ':' is not allowed in its tag 'a:b' | letters",
                "debian:-a | '-' is not allowed at the start of its tag '-a' | start",
                "debian:.a | '.' is not allowed at the start of its tag '.a' | start",
                "debian:a/b | 'debian:a' is no registry host | localhost:5000",
                "x/debian:a/b | '/' is not allowed in its tag 'a/b' | letters",
                "debian:bücher | 'ü' is not allowed in its tag | letters",
                "dübian | 'ü' is not allowed in the repository name | lower-case",
                ":tag | names no repository | debian",
                "docker:// | names no repository | debian",
                "docker.io/ | names no repository | debian",
                "@sha256:0 | its digest 'sha256:0' is wrong: it has 1 digits | 64",
                "debian@ | names no algorithm | sha256:",
                "debian@sha256 | names no algorithm | sha256:",
                "debian@sha256: | has 0 digits where sha256 has 64 | 64",
                "debian@md5:abc | algorithm is none of | sha256:",
                "a//b | is empty | slash",
                "a/ | is empty | slash",
                "quay.io//a | is empty | slash",
                ". | it is a directory | dir:.",
                ".. | it is a directory | dir:..",
                "a..b | '..' stands in a wrong place | between",
                "a___b | '___' stands in a wrong place | between",
                "a._b | '.' stands in a wrong place | between",
                "-it | '-' stands in a wrong place | between",
                "a- | '-' stands in a wrong place | between",
                "_a | '_' stands in a wrong place | between",
                "a$b | '$' is not allowed | lower-case",
                "a;rm | ';' is not allowed | lower-case",
                "host:/x | 'host:' is no registry host | localhost:5000",
                "host:port/x | 'host:port' is no registry host | localhost:5000",
                "-a.example/x | '-a.example' is no registry host | localhost",
                "a-.example/x | 'a-.example' is no registry host | localhost",
                "a..example/x | 'a..example' is no registry host | localhost",
                ".example/x | '.example' is no registry host | localhost",
                "[::1/x | '[::1' is no registry host | [::1]",
                "[]:5000/x | '[]:5000' is no registry host | [::1]",
                "[::g]:5000/x | '[::g]:5000' is no registry host | [::1]",
                "user@host.example/x:1 | its digest 'host.example/x:1' | sha256:",
                "foo.tar.gz | may be a file or an image | ./foo.tar.gz",
                "a/b.tar | may be a file or an image | ./a/b.tar",
                "rootfs.squashfs | may be a file or an image | ./rootfs.squashfs",
                "./rootfs | does not say what is in it | dir:./rootfs",
                "/srv/x.zip | does not say what is in it | dir:/srv/x.zip",
                "./ | does not say what is in it | dir:./",
                "oci: | names no path | path",
                "oci::tag | names no path | path",
                "oci:dir: | follows its last colon | colon",
                "oci:dir:a b | 'a b' is no name of an image in a layout | index.json",
                "oci:dir:a- | 'a-' is no name of an image in a layout | letter",
                "oci:dir:a---b | 'a---b' is no name of an image in a layout | index.json",
                "oci-archive: | names no path | path",
                "docker-archive: | names no path | path",
                "docker-archive:f:Debian | 'Debian' holds upper-case letters | lower case",
                "docker-archive:f:@x | '@x' is no number | @0",
                "dir: | names no path | path",
                "docker-daemon:debian:12 | another program | docker save",
                "containers-storage:debian | another program | podman save",
                "ftp://h/x.tar | 'ftp://' is not known | http",
                "file:///x.tar | 'file://' is not known | path of a file",
                "https:///x.tar | names no host | HOST",
                "https://h/x y.tar | is no valid URL | %XX",
                "https://quay.io/centos/centos | does not end in .tar | without https://",
                "http://h/x.squashfs | does not end in .tar | downloaded",
            })
    void a_wrong_reference_is_quoted_with_a_remedy(String text, String problem, String remedy) {
        InvalidReferenceException failure =
                assertThrows(InvalidReferenceException.class, () -> ImageReference.parse(text));

        assertEquals(text, failure.input());
        assertTrue(failure.getMessage().startsWith("Tried to read the image reference '"), failure.getMessage());
        assertTrue(failure.getMessage().contains(text), failure.getMessage());
        assertTrue(failure.getMessage().contains(problem), failure.getMessage());
        assertTrue(failure.hint().orElseThrow().contains(remedy), failure.hint().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\tdebian", "debian\u0000", "./x\u0007.tar", "dir:/x\n"})
    void a_control_character_is_shown_as_an_escape(String text) {
        InvalidReferenceException failure =
                assertThrows(InvalidReferenceException.class, () -> ImageReference.parse(text));

        assertTrue(failure.getMessage().contains("holds the control character \\"), failure.getMessage());
        assertTrue(failure.getMessage().chars().noneMatch(Character::isISOControl), failure.getMessage());
    }

    @Test
    void what_is_too_long_is_told_with_its_length() {
        assertProblem("a".repeat(248), "256 characters long, and 255");
        assertProblem("x:" + "t".repeat(129), "129 characters long, and 128");
        assertProblem("a/".repeat(3000) + "a", "6001 characters long, and 4096");
    }

    @Test
    void a_digest_in_upper_case_is_refused() {
        assertProblem("debian@sha256:" + HEX.toUpperCase(java.util.Locale.ROOT), "'A' is no lower-case hexadecimal");
    }

    @Test
    void nothing_is_told_from_null() {
        assertProblem(null, "it is empty");
    }
}
