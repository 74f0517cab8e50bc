package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names a layer by what it is made of: 32 hexadecimal digits, and {@code -u} for the variant with unshifted owners.
 *
 * @param value the name of the layer's directory
 */
public record LayerId(String value) implements Comparable<LayerId> {

    static final int DIGITS = 32;
    static final String UNSHIFTED = "-u";

    /** Checks the form. */
    public LayerId {
        if (!isValid(value)) {
            throw new HarnessException(
                    "Tried to read the layer id '" + value + "', but it is not " + DIGITS
                            + " lower-case hexadecimal digits, with -u or without.",
                    null);
        }
    }

    /** The layer that holds what a tar archive of this digest (an OCI diffID) unpacks to, with shifted owners. */
    public static LayerId ofContent(Digest diffId) {
        return new LayerId(diffId.hex().substring(0, DIGITS));
    }

    /** The layer that following a recipe makes, with shifted owners; the text must hold all that decides the result. */
    public static LayerId ofRecipe(String recipe) {
        return new LayerId(Sha256.hex("recipe\n" + recipe).substring(0, DIGITS));
    }

    /** One that no layer has, to lock and to name what is no layer; made without a digest, which Java takes long to find. */
    public static LayerId unique() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new LayerId(
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong()));
    }

    static boolean isValid(String text) {
        int end = text.length() - (text.endsWith(UNSHIFTED) ? UNSHIFTED.length() : 0);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return end == DIGITS;
    }

    /** Says whether owners on disk are the owners inside. */
    public boolean isUnshifted() {
        return value.length() > DIGITS;
    }

    /** The variant whose owners on disk are the owners inside. */
    public LayerId unshifted() {
        return isUnshifted() ? this : new LayerId(value + UNSHIFTED);
    }

    /** The variant whose owners on disk are shifted. */
    public LayerId shifted() {
        return isUnshifted() ? new LayerId(value.substring(0, DIGITS)) : this;
    }

    /** The variant of this layer for a mapping of owners. */
    public LayerId variant(IdMapping mapping) {
        return mapping.hostStart() == 0 ? unshifted() : shifted();
    }

    /** How the owners of this layer are stored. */
    public IdMapping mapping() {
        return isUnshifted() ? IdMapping.IDENTITY : IdMapping.SHIFTED;
    }

    // Not those of a record: the first call of them makes the JVM generate code, which takes as long as a tenth of a
    // boot.
    @Override
    public boolean equals(Object other) {
        return other instanceof LayerId layer && value.equals(layer.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(LayerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
