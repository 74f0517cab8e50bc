package dev.racker.harness.evidence;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Names of files as the kernel has them, which may be any bytes, as text of one line. */
final class GuestName {

    private static final char REPLACEMENT = '\uFFFD';

    private GuestName() {}

    /** The bytes of a path, whatever charset this process has for names. */
    static byte[] bytes(Path path) {
        String text = path.toString();
        if (isPlain(text)) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
        // Only the URI of a path holds its bytes unchanged, as %XX.
        String uri = path.toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) == '%') {
                bytes.write(Integer.parseInt(uri.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(uri.charAt(i));
            }
        }
        byte[] all = bytes.toByteArray();
        // The URI of a directory ends with a slash.
        int length = all.length > 1 && all[all.length - 1] == '/' ? all.length - 1 : all.length;
        return java.util.Arrays.copyOf(all, length);
    }

    /** Says whether it is of printable ASCII characters only. */
    static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~' || text.charAt(i) < ' ') {
                return false;
            }
        }
        return true;
    }

    /** The last name of a path as text: control characters and bytes that are no UTF-8 as {@code \xNN}. */
    static String of(Path path) {
        String name = path.getFileName().toString();
        if (isPlain(name)) {
            return escape(name, false);
        }
        byte[] all = bytes(path);
        int start = all.length;
        while (start > 0 && all[start - 1] != '/') {
            start--;
        }
        byte[] last = java.util.Arrays.copyOfRange(all, start, all.length);
        try {
            return escape(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(last))
                            .toString(),
                    false);
        } catch (CharacterCodingException e) {
            return escape(new String(last, StandardCharsets.ISO_8859_1), true);
        }
    }

    /** A text of one line: control characters as {@code \xNN}. */
    static String line(String text) {
        return escape(text, false);
    }

    private static String escape(String text, boolean bytes) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f || c >= 0x80 && c < 0xa0 || bytes && c > '~' || c == REPLACEMENT) {
                line.append(String.format("\\x%02x", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }
}
