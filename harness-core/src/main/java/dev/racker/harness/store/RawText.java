package dev.racker.harness.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Names as the kernel sees them: bytes, of no charset. They are held in strings whose characters are the bytes
 * (ISO 8859-1), because Java's own decoding would lose those that are not valid UTF-8.
 */
final class RawText {

    private static final int MOST_SHOWN = 300;

    private RawText() {}

    static String of(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String raw) {
        return raw.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String encode(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Decodes a name; null when it is not valid UTF-8. */
    static String decode(String raw) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(raw)))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Quotes a name for a message: one short line, whatever bytes it has and however many. */
    static String display(String raw) {
        if (raw.length() > MOST_SHOWN) {
            return display(raw.substring(0, MOST_SHOWN / 2)) + "..."
                    + display(raw.substring(raw.length() - MOST_SHOWN / 2));
        }
        String decoded = decode(raw);
        String text = decoded == null ? raw : decoded;
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                quoted.append("\\n");
            } else if (c < ' ' || c == 0x7f || decoded == null && c > 0x7f) {
                quoted.append(String.format("\\x%02x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('\'').toString();
    }
}
