package dev.racker.harness.store;

import java.io.IOException;
import java.io.InputStream;

/** Finds one small file in a tar archive. */
public final class TarMember {

    private TarMember() {}

    /**
     * The content of the first file whose name, without a leading {@code ./}, is {@code name}; null when there is none.
     * The stream is read as far as needed and not closed.
     *
     * @param most the bytes of content from which on the archive counts as damaged
     * @throws UnpackException when the stream is no tar archive, ends early, or the file is larger than {@code most}
     */
    public static byte[] find(InputStream tar, String name, int most) throws IOException {
        TarReader reader = new TarReader(tar);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            String found = entry.name().startsWith("./") ? entry.name().substring(2) : entry.name();
            if (entry.type() == TarEntry.FILE && found.equals(name)) {
                long size = entry.body().size();
                if (size > most) {
                    throw UnpackException.entry(
                            entry.name(), "it has " + size + " bytes", "Fetch or make the archive again.");
                }
                return reader.body((int) size);
            }
        }
        return null;
    }
}
