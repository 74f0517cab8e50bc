package dev.racker.harness.store;

import java.nio.charset.StandardCharsets;

/** Turns any text into one file name, reversibly but for names that are too long for a file system. */
final class FileNames {

    static final String RECORD_SUFFIX = ".json";

    /** NAME_MAX is 255 bytes; this leaves room for what is put around a name. */
    private static final int MOST = 200;

    private static final int KEPT = 160;
    private static final String HEX = "0123456789ABCDEF";

    private FileNames() {}

    /**
     * Encodes a text: letters, digits, {@code _}, {@code -} and inner dots stay, all else becomes %XX of its UTF-8
     * bytes. Of a long text the start is kept, then {@code ~} (which is never kept raw) and a digest of the whole.
     */
    static String encode(String text) {
        StringBuilder name = new StringBuilder(text.length() + 16);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i] & 0xff;
            if (c >= 'a' && c <= 'z'
                    || c >= '0' && c <= '9'
                    || c >= 'A' && c <= 'Z'
                    || c == '_'
                    || c == '-'
                    || c == '.' && i > 0) {
                name.append((char) c);
            } else {
                name.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        if (name.length() <= MOST) {
            return name.toString();
        }
        int cut = name.lastIndexOf("%", KEPT) > KEPT - 3 ? name.lastIndexOf("%", KEPT) : KEPT;
        return name.substring(0, cut) + "~" + Sha256.hex(bytes).substring(0, 32);
    }

    /** Inverts {@link #encode}; what it was not made by comes back as it is, a long one as its start. */
    static String decode(String name) {
        int end = name.indexOf('~') < 0 ? name.length() : name.indexOf('~');
        byte[] bytes = new byte[end];
        int length = 0;
        for (int i = 0; i < end; i++) {
            char c = name.charAt(i);
            int high = c == '%' && i + 2 < end ? HEX.indexOf(name.charAt(i + 1)) : -1;
            int low = high < 0 ? -1 : HEX.indexOf(name.charAt(i + 2));
            if (low < 0) {
                bytes[length++] = (byte) c;
            } else {
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8) + (end < name.length() ? "..." : "");
    }

    /** The name that a record's file name stands for. */
    static String recordName(String fileName) {
        return decode(
                fileName.endsWith(RECORD_SUFFIX)
                        ? fileName.substring(0, fileName.length() - RECORD_SUFFIX.length())
                        : fileName);
    }
}
