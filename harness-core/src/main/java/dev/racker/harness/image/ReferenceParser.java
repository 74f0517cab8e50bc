package dev.racker.harness.image;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Tells the kinds of references apart and reads those that name files; runs at each start, so it loads little. */
final class ReferenceParser {

    /** PATH_MAX of Linux: nothing longer names a file, and no registry takes it either. */
    private static final int MOST = 4096;

    private static final String[] TARBALLS = {
        ".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.zst", ".tzst", ".tar.bz2", ".tbz2", ".tbz"
    };
    private static final String[] SQUASHFS = {".squashfs", ".sqfs", ".sfs", ".img"};
    private static final String TARBALL_NAMES = ".tar, .tar.gz, .tar.xz, .tar.zst or .tar.bz2";

    private ReferenceParser() {}

    static ImageReference parse(String text) {
        checkText(text);
        if (isWholeDigest(text)) {
            return new UntaggedReference(Digest.parse(text));
        }
        if (text.startsWith("/") || text.startsWith("./") || text.startsWith("../")) {
            return file(text);
        }
        if (text.equals(".") || text.equals("..")) {
            throw new InvalidReferenceException(
                    text, "it is a directory", "Write dir:" + text + " for the root file system in it.");
        }
        if (text.startsWith("docker://")) {
            return RegistryGrammar.parse(text, text.substring("docker://".length()));
        }
        if (text.startsWith("dir:")) {
            return new DirectoryReference(path(text, text.substring("dir:".length())));
        }
        if (text.startsWith("oci:")) {
            String rest = text.substring("oci:".length());
            return new OciLayoutReference(path(text, beforeColon(rest)), afterColon(text, rest));
        }
        if (text.startsWith("oci-archive:")) {
            String rest = text.substring("oci-archive:".length());
            return new OciArchiveReference(path(text, beforeColon(rest)), afterColon(text, rest));
        }
        if (text.startsWith("docker-archive:")) {
            String rest = text.substring("docker-archive:".length());
            return new DockerArchiveReference(path(text, beforeColon(rest)), afterColon(text, rest));
        }
        if (isHttp(text)) {
            return url(text);
        }
        rejectOtherSchemes(text);
        rejectFileNames(text);
        return RegistryGrammar.parse(text, text);
    }

    private static boolean isWholeDigest(String text) {
        return text.startsWith("sha256:") && Digest.problem("sha256", text.substring("sha256:".length())) == null;
    }

    private static void checkText(String text) {
        if (text == null || text.isBlank()) {
            throw new InvalidReferenceException(
                    text == null ? "" : text, "it is empty", "Name an image, like debian:bookworm-slim.");
        }
        if (text.length() > MOST) {
            throw new InvalidReferenceException(
                    text,
                    "it is " + text.length() + " characters long, and " + MOST + " are the most",
                    "Name an image, like debian:bookworm-slim.");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw new InvalidReferenceException(
                        text,
                        "it holds the control character " + InvalidReferenceException.printable(String.valueOf(c)),
                        "Remove the character; a file of such a name must be renamed.");
            }
        }
        if (text.charAt(0) == ' ' || text.charAt(text.length() - 1) == ' ') {
            throw new InvalidReferenceException(
                    text, "it starts or ends with a space", "Remove the space: '" + text.strip() + "'.");
        }
    }

    private static ImageReference file(String text) {
        if (hasEnding(text, TARBALLS)) {
            return new TarballReference(path(text, text));
        }
        if (hasEnding(text, SQUASHFS)) {
            return new SquashfsReference(path(text, text));
        }
        throw new InvalidReferenceException(
                text,
                "its name does not say what is in it",
                "Write dir:" + text
                        + " for a root file system, oci:, oci-archive: or docker-archive: before the path of"
                        + " an image, or name a file that ends in " + TARBALL_NAMES + " or .squashfs.");
    }

    private static ImageReference url(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidReferenceException(
                    text, "it is no valid URL: " + e.getReason(), "Encode what is not allowed in a URL as %XX.");
        }
        if (uri.getHost() == null || uri.getPath() == null) {
            throw new InvalidReferenceException(text, "its URL names no host", "Write https://HOST/PATH.tar.xz.");
        }
        return new TarballUrlReference(uri);
    }

    private static void rejectOtherSchemes(String text) {
        if (text.startsWith("docker-daemon:") || text.startsWith("containers-storage:")) {
            throw new InvalidReferenceException(
                    text,
                    "the store of another program is not read directly",
                    "Save the image with `docker save -o FILE IMAGE` or `podman save -o FILE IMAGE`, then name"
                            + " docker-archive:FILE.");
        }
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            throw new InvalidReferenceException(
                    text,
                    "'" + InvalidReferenceException.printable(text.substring(0, scheme)) + "://' is not known here",
                    "Use docker://, http:// or https://, or write the path of a file with a leading / or ./ .");
        }
    }

    /** A bare {@code foo.tar.gz} is a valid repository too, so neither reading may win. */
    private static void rejectFileNames(String text) {
        if (!hasEnding(text, TARBALLS) && !hasEnding(text, SQUASHFS)) {
            return;
        }
        int slash = text.indexOf('/');
        boolean hasHost = slash > 0 && RegistryGrammar.looksLikeHost(text.substring(0, slash));
        if (!hasHost && text.indexOf('@') < 0 && text.indexOf(':') < 0) {
            throw new InvalidReferenceException(
                    text,
                    "it may be a file or an image in a registry",
                    "Write ./" + text + " for the file, or docker://" + text + " for the image.");
        }
    }

    private static String beforeColon(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }

    private static String afterColon(String input, String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return null;
        }
        if (colon == text.length() - 1) {
            throw new InvalidReferenceException(
                    input, "nothing follows its last colon", "Name the image after the colon, or remove the colon.");
        }
        return text.substring(colon + 1);
    }

    private static Path path(String input, String path) {
        if (path.isEmpty()) {
            throw new InvalidReferenceException(input, "it names no path", "Write the path after the colon.");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw new InvalidReferenceException(
                    input,
                    "its path cannot be used: " + e.getReason(),
                    "Rename the file, or set LC_ALL=C.UTF-8 when its name is not in ASCII.");
        }
    }

    /** What is before a colon must hold none itself, as in skopeo: such a text could not be read back. */
    static Path checkedPath(String scheme, Path path) {
        if (path.toString().isEmpty() || path.toString().indexOf(':') >= 0) {
            throw new InvalidReferenceException(
                    scheme + path,
                    path.toString().isEmpty() ? "it names no path" : "its path holds a colon, which starts a name",
                    "Rename the file.");
        }
        return path;
    }

    /** Checks the grammar that OCI and skopeo have for {@code org.opencontainers.image.ref.name}; null is fine. */
    static void checkRefName(String input, String name) {
        if (name == null) {
            return;
        }
        boolean wordBefore = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            boolean secondDash = c == '-' && i > 1 && name.charAt(i - 1) == '-' && name.charAt(i - 2) != '-';
            if (!word && (!wordBefore && !secondDash || "-._:@+/".indexOf(c) < 0)) {
                throw new InvalidReferenceException(
                        input,
                        "'" + name + "' is no name of an image in a layout",
                        "List the layout's names in its" + " index.json, or leave the name out.");
            }
            wordBefore = word;
        }
        if (!wordBefore) {
            throw new InvalidReferenceException(
                    input, "'" + name + "' is no name of an image in a layout", "End it with a letter or digit.");
        }
    }

    /** Checks what follows the file of a docker archive: {@code @INDEX} or a registry's name for an image. */
    static void checkArchiveName(String input, String name) {
        if (name == null) {
            return;
        }
        if (name.startsWith("@")) {
            boolean number = name.length() > 1 && name.length() < 10;
            for (int i = 1; i < name.length(); i++) {
                number &= name.charAt(i) >= '0' && name.charAt(i) <= '9';
            }
            if (!number) {
                throw new InvalidReferenceException(
                        input, "'" + name + "' is no number of an image", "Write @0 for the first image of the file.");
            }
            return;
        }
        RegistryReference reference = RegistryGrammar.parse(input, name);
        if (reference.digest() != null) {
            throw new InvalidReferenceException(
                    input, "an archive does not name its images by digest", "Name the image by its tag.");
        }
    }

    /** Puts {@code ./} before a relative path, which is how a file is told from a registry's image. */
    static Path explicit(Path path, boolean squashfs) {
        String text = path.toString();
        if (!hasEnding(text, squashfs ? SQUASHFS : TARBALLS)) {
            throw new InvalidReferenceException(
                    text,
                    squashfs ? "it does not end in .squashfs" : "it does not end in " + TARBALL_NAMES,
                    "Rename the file to what it is.");
        }
        boolean told = text.startsWith("/") || text.startsWith("./") || text.startsWith("../");
        return told ? path : Path.of("./" + text);
    }

    static URI checkedUri(URI uri) {
        String text = uri.toString();
        if (!isHttp(text) || uri.getPath() == null || !hasEnding(uri.getPath(), TARBALLS)) {
            throw new InvalidReferenceException(
                    text,
                    "its URL does not end in " + TARBALL_NAMES,
                    "Name a tar file of a root file system. An image in a registry is written without https://, other"
                            + " files are downloaded first.");
        }
        return uri;
    }

    private static boolean isHttp(String text) {
        return text.regionMatches(true, 0, "https://", 0, 8) || text.regionMatches(true, 0, "http://", 0, 7);
    }

    /** Says whether a program of this kind of reference would be meant by the word before a colon. */
    static boolean isScheme(String word) {
        return switch (word) {
            case "oci", "oci-archive", "docker-archive", "dir", "docker-daemon", "containers-storage" -> true;
            default -> false;
        };
    }

    private static boolean hasEnding(String text, String[] endings) {
        for (String ending : endings) {
            if (text.regionMatches(true, text.length() - ending.length(), ending, 0, ending.length())) {
                return true;
            }
        }
        return false;
    }
}
