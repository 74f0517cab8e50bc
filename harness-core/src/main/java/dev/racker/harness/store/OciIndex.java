package dev.racker.harness.store;

import dev.racker.harness.json.Json;
import dev.racker.harness.store.OciLayout.Descriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

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
        JsonNode index = read();
        try {
            return OciDocuments.descriptors(index, "index", "manifests");
        } catch (DamagedDocumentException e) {
            throw damaged(e);
        }
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
            AtomicFiles.write(file, OciDocuments.withEntry(read(), refName, manifest.named(refName)));
        }
    }

    /** Takes a name out of the index; says whether it was there. */
    @SuppressWarnings("try") // the lock is only held
    boolean remove(String refName) {
        try (Lock lock = locks.exclusive(LOCK, "index")) {
            if (entry(refName).isEmpty()) {
                return false;
            }
            AtomicFiles.write(file, OciDocuments.withEntry(read(), refName, null));
            return true;
        }
    }

    /** Keeps only these entries of the index. */
    @SuppressWarnings("try") // the lock is only held
    void retain(Set<Descriptor> kept) {
        try (Lock lock = locks.exclusive(LOCK, "index")) {
            List<Descriptor> all = entries();
            if (!kept.containsAll(all)) {
                AtomicFiles.write(file, OciDocuments.onlyEntries(read(), kept));
            }
        }
    }

    private JsonNode read() {
        try {
            return OciDocuments.object(Files.readAllBytes(file), "index");
        } catch (NoSuchFileException e) {
            return Json.tree("{\"schemaVersion\":2,\"manifests\":[]}".getBytes(StandardCharsets.UTF_8));
        } catch (DamagedDocumentException e) {
            throw damaged(e);
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
