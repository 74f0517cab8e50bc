package dev.racker.harness.distribution;

import dev.racker.harness.store.Decompression;
import dev.racker.harness.store.TarMember;
import dev.racker.harness.store.UnpackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads packages of pacman: a compressed tar archive with {@code .PKGINFO}. */
final class AlpmReader {

    private static final int MOST_INFO = 4 << 20;
    private static final String NO_PACKAGE = "it is no package: neither .deb nor .rpm nor .pkg.tar";

    private AlpmReader() {}

    static PackageFields read(InputStream in, Decompression decompression) throws IOException {
        byte[] info;
        try (InputStream tar = decompression.open(in)) {
            info = find(tar);
            // The compressed stream is read to its end, so that a file that was cut short is found out.
            tar.transferTo(java.io.OutputStream.nullOutputStream());
        }
        if (info == null) {
            throw new InvalidPackageException(NO_PACKAGE + " (an archive without .PKGINFO)", null);
        }
        Map<String, String> fields = fields(new String(info, StandardCharsets.UTF_8));
        return new PackageFields(PackageFormat.ALPM, fields.get("pkgname"), fields.get("pkgver"), fields.get("arch"));
    }

    private static byte[] find(InputStream tar) throws IOException {
        try {
            return TarMember.find(tar, ".PKGINFO", MOST_INFO);
        } catch (UnpackException e) {
            throw e.getMessage().contains("checksum") ? new InvalidPackageException(NO_PACKAGE, null, e) : e;
        }
    }

    private static Map<String, String> fields(String info) {
        Map<String, String> fields = new HashMap<>();
        for (String line : info.split("\n")) {
            int equal = line.indexOf('=');
            if (equal > 0 && !line.startsWith("#")) {
                fields.putIfAbsent(
                        line.substring(0, equal).strip(),
                        line.substring(equal + 1).strip());
            }
        }
        return fields;
    }
}
