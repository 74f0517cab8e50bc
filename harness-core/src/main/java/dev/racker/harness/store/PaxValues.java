package dev.racker.harness.store;

import java.util.Map;

/**
 * What the extended headers of pax say of a member; its own count before those of the archive.
 *
 * @param own of the member; may be null
 * @param globals of the archive; may be null
 */
record PaxValues(PaxHeader own, PaxHeader globals) {
    byte[] get(String key) {
        byte[] value = own == null ? null : own.get(key);
        return value == null && globals != null ? globals.get(key) : value;
    }

    String text(String key) {
        byte[] value = get(key);
        return value == null ? null : RawText.of(value, 0, value.length);
    }

    long number(String key, long otherwise) {
        byte[] value = get(key);
        return value == null ? otherwise : TarNumbers.decimal(value);
    }

    Map<String, byte[]> xattrs() {
        return own == null ? Map.of() : own.xattrs();
    }

    boolean sparse() {
        return own != null && !own.sparse().isEmpty();
    }
}
