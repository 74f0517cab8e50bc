package dev.racker.harness.acquire;

import dev.racker.harness.image.ImageReference;
import dev.racker.harness.image.InvalidReferenceException;
import dev.racker.harness.image.RegistryReference;
import dev.racker.harness.json.Json;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.store.Decompression;
import dev.racker.harness.store.TarMember;
import dev.racker.harness.store.UnpackException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What images are in a file or directory that docker, podman, skopeo or racker has written. */
final class ArchiveContents {

    private static final String DOCKERS = "manifest.json";
    private static final String INDEX = "index.json";
    private static final int LARGEST = 64 << 20;

    private final Decompression decompression;

    ArchiveContents(Decompression decompression) {
        this.decompression = decompression;
    }

    /**
     * One image.
     *
     * @param transport how skopeo reads it
     * @param tag what it is called there; may be null
     * @param names what it is to be called in the store; may be empty
     */
    record Item(String transport, String tag, List<RegistryReference> names) {}

    /**
     * Looks into a file, compressed or not, or a directory.
     *
     * @throws SourceException when there is no image in it
     */
    List<Item> of(Path path, String shown) throws IOException {
        boolean isDirectory = Files.isDirectory(path);
        Map<String, byte[]> documents = isDirectory ? inDirectory(path) : inArchive(path, shown);
        try {
            if (documents.containsKey(DOCKERS)) {
                JsonNode manifest = Json.tree(documents.get(DOCKERS));
                if (manifest.isArray()) {
                    return dockers(manifest);
                }
                if (isDirectory) {
                    return List.of(new Item("dir", null, List.of()));
                }
            }
            if (documents.containsKey(INDEX)) {
                return oci(Json.tree(documents.get(INDEX)), isDirectory ? "oci" : "oci-archive");
            }
        } catch (MalformedJsonException e) {
            throw none(shown, "its list of images is damaged: " + e.problem(), e);
        }
        throw none(shown, "it holds no image", null);
    }

    private static SourceException none(String shown, String problem, Throwable cause) {
        return new SourceException(
                "Tried to load " + shown + ", but " + problem + ".",
                "Give a file that `docker save`, `podman save` or `racker save` has written; a root file system becomes "
                        + "an image with `racker import`.",
                cause);
    }

    private static Map<String, byte[]> inDirectory(Path directory) throws IOException {
        Map<String, byte[]> documents = new HashMap<>();
        for (String name : List.of(DOCKERS, INDEX)) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
                documents.put(name, Files.readAllBytes(file));
            }
        }
        return documents;
    }

    private Map<String, byte[]> inArchive(Path file, String shown) throws IOException {
        try (InputStream tar = decompression.open(new BufferedInputStream(Files.newInputStream(file), 1 << 17))) {
            return TarMember.findAll(tar, Set.of(DOCKERS, INDEX), LARGEST);
        } catch (UnpackException e) {
            throw none(shown, "it is no archive that can be read: " + e.getMessage(), e);
        }
    }

    private static List<Item> dockers(JsonNode manifest) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < manifest.size(); i++) {
            List<RegistryReference> names = new ArrayList<>();
            manifest.get(i).path("RepoTags").forEach(tag -> addName(names, tag.asString("")));
            items.add(new Item("docker-archive", "@" + i, names));
        }
        return items;
    }

    private static List<Item> oci(JsonNode index, String transport) {
        Map<String, Item> byDigest = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (JsonNode entry : index.path("manifests")) {
            JsonNode annotations = entry.path("annotations");
            String tag = annotations.path("org.opencontainers.image.ref.name").asString(null);
            List<RegistryReference> names = new ArrayList<>();
            addName(names, annotations.path("io.containerd.image.name").asString(""));
            if (names.isEmpty() && tag != null && (tag.indexOf('/') >= 0 || tag.indexOf(':') >= 0)) {
                addName(names, tag); // a plain word there is a tag without a name
            }
            Item known = byDigest.get(entry.path("digest").asString(""));
            if (known == null) {
                Item item = new Item(transport, tag, names);
                byDigest.put(entry.path("digest").asString(""), item);
                items.add(item);
            } else {
                known.names().addAll(names);
            }
        }
        return items;
    }

    /** What is no name leaves the image without this one. */
    private static void addName(List<RegistryReference> names, String text) {
        try {
            if (!text.isEmpty() && ImageReference.parse(text) instanceof RegistryReference name) {
                names.add(name);
            }
        } catch (InvalidReferenceException e) {
            return;
        }
    }
}
