package dev.racker.harness.distribution;

import dev.racker.harness.acquire.Download;
import dev.racker.harness.acquire.HttpDownloader;
import dev.racker.harness.acquire.Sha256;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import dev.racker.harness.progress.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** A package that somebody wants, as a file, an address or a name. */
public sealed interface PackageRequest {

    /**
     * A file of the host.
     *
     * @param file where it is; whether it is there and a package is seen when it is used
     * @param expected the digest that it must have; null when none was given
     */
    record LocalFile(Path file, Digest expected) implements PackageRequest {

        /** A file that may have any digest. */
        public LocalFile(Path file) {
            this(file, null);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * A file behind an http or https address.
     *
     * @param download the address and the digest that its content must have
     */
    record Remote(Download.Request download) implements PackageRequest {
        @Override
        public String toString() {
            return download.shown();
        }
    }

    /**
     * A package of the repositories.
     *
     * @param name a word of letters, digits and {@code + . _ - : @}
     * @param version as the package manager writes it; null for the one that it prefers
     */
    record Named(String name, String version) implements PackageRequest {

        /** Checks both. */
        public Named {
            PackageNames.check(name, name);
            if (version != null) {
                PackageNames.checkVersion(version, name + "=" + version);
            }
        }

        @Override
        public String toString() {
            return version == null ? name : name + "=" + version;
        }
    }

    /**
     * Reads what a user names: {@code ./foo.deb}, {@code /x/foo.rpm}, {@code foo.pkg.tar.zst},
     * {@code https://host/foo.deb#sha256=...}, {@code nginx}, {@code nginx=1.22.1-9}. What holds a slash, or ends as the
     * file of a package does, is a file.
     *
     * @param sha256 the digest that the file must have; null when none was given
     * @throws InvalidPackageException when it is none of these, or a digest was given for a name
     */
    static PackageRequest parse(String text, Digest sha256) {
        if (text.isBlank()) {
            throw new InvalidPackageException(
                    "Tried to read the package '" + text + "', but it is empty.", PackageNames.REMEDY);
        }
        if (text.contains("://")) {
            return remote(text, sha256);
        }
        if (text.startsWith("-")) {
            throw PackageNames.invalid(text, "it begins with a dash");
        }
        if (text.indexOf('/') >= 0 || PackageFormat.ofFileName(text).isPresent()) {
            if (text.indexOf('\0') >= 0) {
                throw PackageNames.invalid(text, "no path holds a null character");
            }
            return new LocalFile(Path.of(text), sha256);
        }
        if (sha256 != null) {
            throw new InvalidPackageException(
                    "Tried to check the package '" + text + "' against " + sha256
                            + ", but it is a name, and the repository decides about its content.",
                    "Leave the checksum away, or name a file or an address.");
        }
        int equal = text.indexOf('=');
        String name = equal < 0 ? text : text.substring(0, equal);
        PackageNames.check(name, text);
        if (equal < 0) {
            return new Named(name, null);
        }
        PackageNames.checkVersion(text.substring(equal + 1), text);
        return new Named(name, text.substring(equal + 1));
    }

    private static PackageRequest remote(String text, Digest sha256) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            throw PackageNames.invalid(text, "it is no valid address: " + e.getReason());
        }
        String scheme = address.getScheme();
        if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
            throw PackageNames.invalid(text, "only http:// and https:// can be downloaded");
        }
        if (address.getHost() == null) {
            throw PackageNames.invalid(text, "it names no host");
        }
        Download.Request download;
        try {
            download = Download.Request.of(address);
        } catch (HarnessException e) {
            throw new InvalidPackageException(e.getMessage(), e.hint().orElse(null), e);
        }
        if (sha256 != null && download.expected() != null && !sha256.equals(download.expected())) {
            throw PackageNames.invalid(text, "its checksum differs from the other one given, " + sha256);
        }
        return new Remote(sha256 == null ? download : new Download.Request(download.uri(), sha256));
    }

    /**
     * Brings what is not in a repository to this host: an address is downloaded into the cache, once for all that ask
     * for it at the same time, and a file is checked against its digest.
     *
     * @return a {@link LocalFile} for a file or an address; a name as it is
     * @throws dev.racker.harness.acquire.HttpDownloadException when the download fails
     * @throws InvalidPackageException when a file cannot be read or has another digest
     */
    default PackageRequest resolve(HttpDownloader downloader, Progress progress) {
        if (this instanceof Remote remote) {
            return new LocalFile(
                    downloader.download(remote.download(), progress).file());
        }
        if (this instanceof LocalFile local && local.expected() != null) {
            PackageFile.read(local.file());
            requireDigest(local);
        }
        return this;
    }

    private static void requireDigest(LocalFile local) {
        Digest found;
        try {
            found = Sha256.of(local.file());
        } catch (IOException e) {
            throw new InvalidPackageException(
                    "Tried to read the package " + local.file() + ", but reading failed: " + e.getMessage() + ".",
                    null,
                    e);
        }
        if (!found.equals(local.expected())) {
            throw new InvalidPackageException(
                    "Tried to check " + local.file() + ", but its content has the checksum " + found + ", not "
                            + local.expected() + ".",
                    "Download or build it again, or correct the checksum.");
        }
    }
}
