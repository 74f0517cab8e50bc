package dev.racker.harness.store;

import dev.racker.harness.store.TarEntry.PaxRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The records of an extended header (POSIX pax): values are bytes, because those of extended attributes are. */
final class PaxHeader {

    static final String XATTR = "SCHILY.xattr.";
    private static final String LIBARCHIVE_XATTR = "LIBARCHIVE.xattr.";
    static final String SPARSE = "GNU.sparse.";

    private final Map<String, byte[]> values = new HashMap<>();
    private final List<PaxRecord> sparse = new ArrayList<>();

    /** Adds the records of one header; later ones win. */
    void read(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            int space = at;
            int length = 0;
            while (space < bytes.length && bytes[space] >= '0' && bytes[space] <= '9' && length < bytes.length) {
                length = length * 10 + bytes[space++] - '0';
            }
            int end = at + length;
            if (space >= bytes.length || bytes[space] != ' ' || end > bytes.length || end <= space + 1) {
                throw UnpackException.damaged("an extended header is malformed", null);
            }
            record(bytes, space + 1, end - 1);
            at = end;
        }
    }

    private void record(byte[] bytes, int start, int end) {
        int equals = start;
        while (equals < end && bytes[equals] != '=') {
            equals++;
        }
        if (equals >= end || bytes[end] != '\n') {
            throw UnpackException.damaged("an extended header is malformed", null);
        }
        String key = RawText.of(bytes, start, equals - start);
        byte[] value = Arrays.copyOfRange(bytes, equals + 1, end);
        if (key.startsWith(SPARSE)) {
            sparse.add(new PaxRecord(key, value));
        }
        values.put(key, value);
    }

    /** The value of a key; null when it is not there, or taken back by an empty value. */
    byte[] get(String key) {
        byte[] value = values.get(key);
        return value == null || value.length == 0 ? null : value;
    }

    /** The value of a key as a name; null as {@link #get}. */
    String text(String key) {
        byte[] value = get(key);
        return value == null ? null : RawText.of(value, 0, value.length);
    }

    /** The records that describe holes, in their order, which in format 0.0 carries meaning. */
    List<PaxRecord> sparse() {
        return sparse;
    }

    /** The extended attributes, of either spelling. */
    Map<String, byte[]> xattrs() {
        Map<String, byte[]> xattrs = Map.of();
        for (Map.Entry<String, byte[]> value : values.entrySet()) {
            String key = value.getKey();
            boolean libarchive = key.startsWith(LIBARCHIVE_XATTR);
            if (!libarchive && !key.startsWith(XATTR)) {
                continue;
            }
            xattrs = xattrs.isEmpty() ? new HashMap<>() : xattrs;
            if (libarchive) {
                xattrs.putIfAbsent(urlDecoded(key.substring(LIBARCHIVE_XATTR.length())), base64(value.getValue()));
            } else {
                xattrs.put(key.substring(XATTR.length()), value.getValue());
            }
        }
        return xattrs;
    }

    /** Decodes the name that libarchive encodes as in a URL, into GNU tar's spelling, where only = and % are encoded. */
    private static String urlDecoded(String name) {
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '%' && i + 2 < name.length()) {
                int high = Character.digit(name.charAt(i + 1), 16);
                int low = Character.digit(name.charAt(i + 2), 16);
                if (high >= 0 && low >= 0) {
                    c = (char) (high << 4 | low);
                    i += 2;
                }
            }
            decoded.append(c == '=' ? "%3D" : c == '%' ? "%25" : String.valueOf(c));
        }
        return decoded.toString();
    }

    private static byte[] base64(byte[] value) {
        try {
            return Base64.getMimeDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw UnpackException.damaged("an extended attribute is malformed", e);
        }
    }

    /** Writes one record in front of which stands its own length. */
    static void write(ByteArrayOutputStream out, String key, byte[] value) {
        int rest = key.length() + value.length + 3;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        out.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(value);
        out.write('\n');
    }
}
