package dev.racker.harness.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Finds small files in tar archives. */
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
        return findAll(tar, Set.of(name), most).get(name);
    }

    /**
     * The same for several files, by their names; the archive is read until all are found, or to its end.
     *
     * @throws UnpackException as {@link #find}
     */
    public static Map<String, byte[]> findAll(InputStream tar, Set<String> names, int most) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        TarReader reader = new TarReader(tar);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            String found = entry.name().startsWith("./") ? entry.name().substring(2) : entry.name();
            if (entry.type() == TarEntry.FILE && names.contains(found) && !contents.containsKey(found)) {
                long size = entry.body().size();
                if (size > most) {
                    throw UnpackException.entry(
                            entry.name(), "it has " + size + " bytes", "Fetch or make the archive again.");
                }
                contents.put(found, reader.body((int) size));
                if (contents.size() == names.size()) {
                    break;
                }
            }
        }
        return contents;
    }
}
