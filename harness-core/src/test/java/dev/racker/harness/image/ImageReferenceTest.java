package dev.racker.harness.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What references to images stand for. */
class ImageReferenceTest extends ImageReferenceCase {

    @ParameterizedTest
    @CsvSource({
        "debian, docker.io/library/debian:latest, debian:latest",
        "debian:bookworm-slim, docker.io/library/debian:bookworm-slim, debian:bookworm-slim",
        "library/debian, docker.io/library/debian:latest, debian:latest",
        "docker.io/debian, docker.io/library/debian:latest, debian:latest",
        "docker.io/library/debian:12, docker.io/library/debian:12, debian:12",
        "index.docker.io/debian:12, docker.io/library/debian:12, debian:12",
        "index.docker.io/opensuse/leap, docker.io/opensuse/leap:latest, opensuse/leap:latest",
        "opensuse/tumbleweed, docker.io/opensuse/tumbleweed:latest, opensuse/tumbleweed:latest",
        "library/a/b, docker.io/library/a/b:latest, library/a/b:latest",
        "docker://quay.io/centos/centos:stream9, quay.io/centos/centos:stream9, quay.io/centos/centos:stream9",
        "docker://debian, docker.io/library/debian:latest, debian:latest",
        "docker://localhost:5000/a/b:c, localhost:5000/a/b:c, localhost:5000/a/b:c",
        "localhost/x, localhost/x:latest, localhost/x:latest",
        "localhost:5000/x, localhost:5000/x:latest, localhost:5000/x:latest",
        "127.0.0.1:5000/x:1, 127.0.0.1:5000/x:1, 127.0.0.1:5000/x:1",
        "[::1]:5000/x, [::1]:5000/x:latest, [::1]:5000/x:latest",
        "[2001:DB8::1]/x, [2001:DB8::1]/x:latest, [2001:DB8::1]/x:latest",
        "Registry/x, Registry/x:latest, Registry/x:latest",
        "registry.example.org/library/debian:1, registry.example.org/library/debian:1,"
                + " registry.example.org/library/debian:1",
        "foo:8080, docker.io/library/foo:8080, foo:8080",
        "a, docker.io/library/a:latest, a:latest",
        "a.b_c__d-e--f---g, docker.io/library/a.b_c__d-e--f---g:latest, a.b_c__d-e--f---g:latest",
        "x:_A.-z, docker.io/library/x:_A.-z, x:_A.-z",
        "docker.io/localhost/x, docker.io/localhost/x:latest, docker.io/localhost/x:latest",
        "docker://oci, docker.io/library/oci:latest, docker.io/library/oci:latest",
        "docker.io/library/dir:1, docker.io/library/dir:1, docker.io/library/dir:1",
        "docker://foo.tar.gz, docker.io/library/foo.tar.gz:latest, foo.tar.gz:latest",
        "foo.tar.gz:1, docker.io/library/foo.tar.gz:1, foo.tar.gz:1",
        "quay.io/foo.tar.gz, quay.io/foo.tar.gz:latest, quay.io/foo.tar.gz:latest",
        "debian-bookworm, docker.io/library/debian-bookworm:latest, debian-bookworm:latest",
        "xn--n3h.com/myimage:xn--n3h.com, xn--n3h.com/myimage:xn--n3h.com, xn--n3h.com/myimage:xn--n3h.com",
    })
    void a_registry_reference_is_made_canonical(String text, String canonical, String familiar) {
        RegistryReference reference = assertInstanceOf(RegistryReference.class, ImageReference.parse(text));

        assertEquals(canonical, reference.toString());
        assertEquals(familiar, reference.familiar());
        assertEquals(reference, ImageReference.parse(canonical));
        assertEquals(reference, ImageReference.parse(familiar));
    }

    @Test
    void a_digest_alone_has_no_tag() {
        RegistryReference reference = registry("debian@sha256:" + HEX);

        assertEquals(null, reference.tag());
        assertEquals(Digest.sha256(HEX), reference.digest());
        assertEquals("docker.io/library/debian@sha256:" + HEX, reference.toString());
        assertEquals(reference, ImageReference.parse(reference.toString()));
    }

    @Test
    void tag_and_digest_are_both_kept() {
        RegistryReference reference = registry("localhost:5000/a:b@sha256:" + HEX);

        assertEquals("b", reference.tag());
        assertEquals(HEX, reference.digest().hex());
        assertEquals("localhost:5000/a:b@sha256:" + HEX, reference.toString());
        assertEquals(reference, ImageReference.parse(reference.toString()));
    }

    @Test
    void the_longest_names_are_taken() {
        String repository = "a".repeat(255 - "library/".length());
        String tag = "t".repeat(128);

        assertEquals("library/" + repository, registry(repository).repository());
        assertEquals(tag, registry("x:" + tag).tag());
        assertEquals(255, registry("h.example/" + "a".repeat(255)).repository().length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oci:dir",
                "oci:/a/b:tag",
                "oci:dir:debian:bookworm",
                "oci:dir:docker.io/library/debian:12",
                "oci:d:a--b",
                "oci-archive:x.tar",
                "oci-archive:./x y.tar:v1",
                "docker-archive:saved.tar",
                "docker-archive:saved.tar:debian:bookworm",
                "docker-archive:saved.tar:@0",
                "dir:/",
                "dir:/srv/root fs",
                "dir:a:b",
                "/srv/rootfs.tar",
                "./rootfs.tar.gz",
                "./rootfs.TGZ",
                "../x/rootfs.tar.xz",
                "./a b'c\"d.txz",
                "./a.tar.zst",
                "./a.tzst",
                "./a.tar.bz2",
                "./a.tbz2",
                "/x.squashfs",
                "./x.sqfs",
                "./x.sfs",
                "./x.img",
                "http://127.0.0.1:8080/a.tar",
                "https://example.org/a/b.tar.xz?version=1#part",
                "HTTPS://Example.org/b.tgz",
            })
    void a_reference_to_files_is_read_back_from_its_text(String text) {
        ImageReference reference = ImageReference.parse(text);

        assertEquals(text, reference.toString());
        assertEquals(reference, ImageReference.parse(reference.toString()));
    }

    @Test
    void each_kind_is_told_by_its_scheme_or_ending() {
        assertEquals(new OciLayoutReference(Path.of("d"), "t:1"), ImageReference.parse("oci:d:t:1"));
        assertEquals(new OciArchiveReference(Path.of("f.tar"), null), ImageReference.parse("oci-archive:f.tar"));
        assertEquals(new DockerArchiveReference(Path.of("f"), "a/b:c"), ImageReference.parse("docker-archive:f:a/b:c"));
        assertEquals(new DirectoryReference(Path.of("/x")), ImageReference.parse("dir:/x"));
        assertEquals(new TarballReference(Path.of("./x.tar")), ImageReference.parse("./x.tar"));
        assertEquals(new SquashfsReference(Path.of("/x.sfs")), ImageReference.parse("/x.sfs"));
        assertEquals(new TarballUrlReference(URI.create("http://h/x.tar")), ImageReference.parse("http://h/x.tar"));
    }

    @Test
    void a_relative_file_is_told_from_a_registrys_image() {
        assertEquals("./x.tar", new TarballReference(Path.of("x.tar")).toString());
        assertEquals("./x.sfs", new SquashfsReference(Path.of("x.sfs")).toString());
    }

    @Test
    void only_a_label_that_the_catalogue_has_is_curated() {
        List<String> labels = List.of("debian-bookworm");

        ImageReference reference = ImageReference.parse("debian-bookworm", labels::contains);

        assertEquals(new CuratedReference("debian-bookworm"), reference);
        assertEquals(reference, ImageReference.parse(reference.toString(), labels::contains));
        assertInstanceOf(RegistryReference.class, ImageReference.parse("debian-trixie", labels::contains));
        assertThrows(InvalidReferenceException.class, () -> ImageReference.parse("", labels::contains));
    }

    @Test
    void sixty_four_hexadecimal_digits_are_an_id() {
        assertProblem(HEX, "are an id and not a name");
        assertEquals("library/" + HEX, registry("docker.io/" + HEX).repository());
        assertEquals("library/" + HEX + "0", registry(HEX + "0").repository());
    }

    @Test
    void parts_are_checked_wherever_a_reference_is_made() {
        RegistryReference reference = registry("debian:12");

        assertEquals("docker.io/library/debian:13", reference.withTag("13").toString());
        assertEquals(
                "docker.io/library/debian:12@sha256:" + HEX,
                reference.withDigest(Digest.sha256(HEX)).toString());
        assertThrows(InvalidReferenceException.class, () -> reference.withTag("a b"));
        assertThrows(InvalidReferenceException.class, () -> new RegistryReference("quay", "x", "1", null));
        assertThrows(IllegalArgumentException.class, () -> new RegistryReference("quay.io", "x", null, null));
        assertThrows(InvalidReferenceException.class, () -> new OciLayoutReference(Path.of("a:b"), null));
        assertThrows(InvalidReferenceException.class, () -> new TarballReference(Path.of("/x.zip")));
        assertThrows(InvalidReferenceException.class, () -> new DirectoryReference(Path.of("")));
        assertThrows(InvalidReferenceException.class, () -> new TarballUrlReference(URI.create("ftp://h/x.tar")));
    }
}
