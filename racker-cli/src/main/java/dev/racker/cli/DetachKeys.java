package dev.racker.cli;

import dev.racker.harness.error.HarnessException;
import java.io.ByteArrayOutputStream;

/** The keys that end an attachment; what has only begun like them is passed on. */
final class DetachKeys {

    /** What docker takes. */
    static final String STANDARD = "ctrl-p,ctrl-q";

    private static final String CONTROL = "ctrl-";
    private static final String CONTROLS = "@abcdefghijklmnopqrstuvwxyz[\\]^_";

    private final byte[] keys;
    private int pressed;

    private DetachKeys(byte[] keys) {
        this.keys = keys;
    }

    /** Reads keys between commas: a character, or {@code ctrl-} and a letter or one of {@code @[\]^_}. */
    static DetachKeys parse(String text) {
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        for (String key : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String name = key.startsWith(CONTROL) ? key.substring(CONTROL.length()) : key;
            int code = name.length() != 1
                    ? -1
                    : key.equals(name)
                            ? ascii(name.charAt(0))
                            : CONTROLS.indexOf(Character.toLowerCase(name.charAt(0)));
            if (code < 0) {
                throw new HarnessException(
                        "Tried to read the detach keys \"" + text + "\", but \"" + key + "\" is no key.",
                        "Write keys between commas: a, ctrl-a, ctrl-@, ctrl-[, ctrl-\\, ctrl-], ctrl-^ or ctrl-_.");
            }
            keys.write(code);
        }
        return new DetachKeys(keys.toByteArray());
    }

    private static int ascii(char key) {
        return key < 128 ? key : -1;
    }

    /** Says whether the keys were pressed. */
    boolean arePressed() {
        return keys.length > 0 && pressed == keys.length;
    }

    /** What is to be passed on when this was typed; nothing more once the keys were pressed. */
    byte[] pass(byte[] typed, int length) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream(length + keys.length);
        for (int i = 0; i < length && !arePressed(); i++) {
            if (keys.length > 0 && typed[i] == keys[pressed]) {
                pressed++;
                continue;
            }
            passed.write(keys, 0, pressed);
            pressed = keys.length > 0 && typed[i] == keys[0] ? 1 : 0;
            if (pressed == 0) {
                passed.write(typed[i]);
            }
        }
        return passed.toByteArray();
    }
}
