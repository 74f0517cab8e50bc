package dev.racker.harness.distribution;

import dev.racker.harness.store.Decompression;
import dev.racker.harness.store.TarMember;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads deb(5): an ar archive of {@code debian-binary}, {@code control.tar} and {@code data.tar}. */
final class DebReader {

    private static final String MAGIC = "!<arch>\n";
    private static final int HEADER = 60;
    private static final int MOST_CONTROL = 4 << 20;

    private final InputStream in;
    private final Decompression decompression;

    DebReader(InputStream in, Decompression decompression) {
        this.in = in;
        this.decompression = decompression;
    }

    static boolean isDeb(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1).equals(MAGIC);
    }

    PackageFields read() throws IOException {
        in.skipNBytes(MAGIC.length());
        boolean first = true;
        while (true) {
            Member member = next();
            if (member == null) {
                throw new InvalidPackageException("it holds no control.tar", null);
            }
            if (first && !member.name().equals("debian-binary")) {
                throw new InvalidPackageException("it is an ar archive, but no Debian package", null);
            }
            first = false;
            if (member.name().startsWith("control.tar")) {
                PackageFields fields = control(in.readNBytes((int) Math.min(member.size(), MOST_CONTROL)), member);
                requireData(member);
                return fields;
            }
            skip(member.size() + member.size() % 2);
        }
    }

    /** A download that broke off ends in data.tar, which its header gives away. */
    private void requireData(Member control) throws IOException {
        skip(control.size() % 2);
        for (Member member = next(); member != null; member = next()) {
            skip(member.size());
            if (member.name().startsWith("data.tar")) {
                return;
            }
            skip(member.size() % 2);
        }
        throw new InvalidPackageException("it holds no data.tar", null);
    }

    private PackageFields control(byte[] archive, Member member) throws IOException {
        if (archive.length < member.size()) {
            throw new EOFException();
        }
        byte[] control;
        try (InputStream tar = decompression.open(new java.io.ByteArrayInputStream(archive))) {
            control = TarMember.find(tar, "control", MOST_CONTROL);
        }
        if (control == null) {
            throw new InvalidPackageException("its " + member.name() + " holds no control file", null);
        }
        Map<String, String> fields = fields(new String(control, StandardCharsets.UTF_8));
        return new PackageFields(
                PackageFormat.DEB, fields.get("package"), fields.get("version"), fields.get("architecture"));
    }

    /** deb-control(5), first lines only: none of those that are wanted has more. */
    private static Map<String, String> fields(String control) {
        Map<String, String> fields = new TreeMap<>();
        for (String line : control.split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private record Member(String name, long size) {}

    private Member next() throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER) {
            throw new EOFException();
        }
        String text = new String(header, StandardCharsets.ISO_8859_1);
        String name = text.substring(0, 16).stripTrailing();
        String size = text.substring(48, 58).strip();
        if (!text.endsWith("`\n") || !isNumber(size)) {
            throw new InvalidPackageException("it is damaged: a header of its ar archive is wrong", null);
        }
        return new Member(name.endsWith("/") ? name.substring(0, name.length() - 1) : name, Long.parseLong(size));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void skip(long count) throws IOException {
        in.skipNBytes(count);
    }
}
