package dev.racker.harness.store;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.store.OciLayout.Descriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The index of an OCI image layout, changed under a lock, so that two pulls do not lose each other's entries. */
final class OciIndex {

    private static final String LOCK = "oci";

    private final Path file;
    private final Locks locks;

    OciIndex(Path file, Locks locks) {
        this.file = file;
        this.locks = locks;
    }

    /** What the layout's index lists. */
    List<Descriptor> entries() {
        if (!Files.exists(file)) {
            return List.of();
        }
        return entries(read());
    }

    /** What the index lists under this name. */
    Optional<Descriptor> entry(String refName) {
        for (Descriptor entry : entries()) {
            if (refName.equals(entry.refName())) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Lists a manifest in the index under this name, in place of what was there. */
    @SuppressWarnings("try") // the lock is only held
    void put(String refName, Descriptor manifest) {
        try (Lock lock = locks.exclusive(LOCK, "index")) {
            change(entry -> !refName.equals(entry.refName()), manifest.named(refName));
        }
    }

    /** Takes a name out of the index; says whether it was there. */
    @SuppressWarnings("try") // the lock is only held
    boolean remove(String refName) {
        try (Lock lock = locks.exclusive(LOCK, "index")) {
            if (entry(refName).isEmpty()) {
                return false;
            }
            change(entry -> !refName.equals(entry.refName()), null);
            return true;
        }
    }

    /** Keeps only these entries of the index. */
    @SuppressWarnings("try") // the lock is only held
    void retain(Set<Descriptor> kept) {
        try (Lock lock = locks.exclusive(LOCK, "index")) {
            List<Descriptor> all = entries();
            if (!kept.containsAll(all)) {
                change(kept::contains, null);
            }
        }
    }

    /** Leaves entries out, and adds one unless it is null; all else, known here or not, stays as it is. */
    private void change(Predicate<Descriptor> kept, Descriptor added) {
        byte[] before = read();
        List<Descriptor> entries = entries(before);
        JsonWriter out = new JsonWriter();
        try (JsonReader in = OciDocuments.open(before)) {
            boolean written = false;
            for (String name = in.property(); name != null; name = in.property()) {
                if (name.equals("manifests")) {
                    out.array("manifests");
                    copy(in, out, entries, kept);
                    end(out, added);
                    written = true;
                } else {
                    out.copy(name, in);
                }
            }
            if (!written) {
                end(out.array("manifests"), added);
            }
        }
        AtomicFiles.write(file, out.toBytes());
    }

    private static void copy(JsonReader in, JsonWriter out, List<Descriptor> entries, Predicate<Descriptor> kept) {
        if (!in.array()) {
            return;
        }
        for (int i = 0; in.element(); i++) {
            if (kept.test(entries.get(i))) {
                out.copyElement(in);
            } else {
                in.leave();
            }
        }
    }

    private static void end(JsonWriter out, Descriptor added) {
        if (added != null) {
            OciManifests.write(out.element(), added);
            out.endObject();
        }
        out.endArray();
    }

    private List<Descriptor> entries(byte[] index) {
        try {
            return OciDocuments.descriptors(index, "index", "manifests");
        } catch (DamagedDocumentException e) {
            throw damaged(e);
        }
    }

    private byte[] read() {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return "{\"schemaVersion\":2,\"manifests\":[]}".getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw StoreFailures.of("read " + file, e);
        }
    }

    private DamagedDocumentException damaged(DamagedDocumentException e) {
        return new DamagedDocumentException(
                "Tried to use the index " + file + ", but it is damaged. " + e.getMessage(),
                "Remove " + file + ": images stay usable, and the next pull writes it again.",
                e);
    }
}
