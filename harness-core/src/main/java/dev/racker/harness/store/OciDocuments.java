package dev.racker.harness.store;

import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.Digest;
import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.image.Platform;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.store.OciLayout.Config;
import dev.racker.harness.store.OciLayout.Descriptor;
import dev.racker.harness.store.OciLayout.Manifest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads the JSON documents of an OCI layout; docker's schema 2 has the same fields under other media types. */
final class OciDocuments {

    static final String REF_NAME = "org.opencontainers.image.ref.name";

    private OciDocuments() {}

    /** Reads an image manifest. */
    static Manifest manifest(Digest digest, byte[] json) {
        String what = "manifest " + digest;
        try (JsonReader in = open(json)) {
            Descriptor config = null;
            List<Descriptor> layers = List.of();
            for (String name = in.property(); name != null; name = in.property()) {
                switch (name) {
                    case "config" -> config = in.object() ? descriptor(in) : null;
                    case "layers" -> layers = descriptors(in);
                    case "manifests" -> {
                        if (in.array()) {
                            throw new MalformedJsonException("it is an index of manifests", null);
                        }
                    }
                    default -> in.skip();
                }
            }
            in.end();
            if (config == null) {
                throw new MalformedJsonException("it names no configuration", null);
            }
            return new Manifest(digest, config, layers);
        } catch (MalformedJsonException e) {
            throw damaged(what, e);
        }
    }

    /** Reads one list of descriptors; none when the document has no such property. */
    static List<Descriptor> descriptors(byte[] json, String what, String property) {
        return property(json, what, property, OciDocuments::descriptors, List.of());
    }

    /** Says what a document calls itself; empty when it does not. */
    static String mediaType(byte[] json, String what) {
        String mediaType = property(json, what, "mediaType", JsonReader::string, null);
        return mediaType == null ? "" : mediaType;
    }

    private static <T> T property(byte[] json, String what, String property, Function<JsonReader, T> read, T missing) {
        try (JsonReader in = open(json)) {
            T found = missing;
            for (String name = in.property(); name != null; name = in.property()) {
                if (name.equals(property)) {
                    found = read.apply(in);
                } else {
                    in.skip();
                }
            }
            in.end();
            return found;
        } catch (MalformedJsonException e) {
            throw damaged(what, e);
        }
    }

    /** Reads an image configuration. */
    static Config config(Digest digest, byte[] json) {
        try (JsonReader in = open(json)) {
            ImageConfig config = ImageConfig.empty();
            PlatformWords platform = new PlatformWords();
            String created = null;
            List<Digest> diffIds = List.of();
            for (String name = in.property(); name != null; name = in.property()) {
                switch (name) {
                    case "config" -> config = ImageConfig.read(in);
                    case "created" -> created = in.string();
                    case "rootfs" -> diffIds = diffIds(in);
                    default -> {
                        if (!platform.read(name, in)) {
                            in.skip();
                        }
                    }
                }
            }
            in.end();
            Platform found = platform.platform();
            return new Config(config, found == null ? Platform.host() : found, instant(created), diffIds);
        } catch (MalformedJsonException e) {
            throw damaged("image configuration " + digest, e);
        }
    }

    /** Adds what a document leads to: nested documents to {@code todo}, other blobs to {@code found}. */
    static void addReferences(OciLayout layout, Digest digest, List<Digest> todo, Set<Digest> found) {
        try {
            byte[] json = layout.document(digest);
            for (Descriptor manifest : descriptors(json, "index " + digest, "manifests")) {
                todo.add(manifest.digest());
            }
            for (Descriptor layer : descriptors(json, "manifest " + digest, "layers")) {
                found.add(layer.digest());
            }
            Descriptor config =
                    property(json, "manifest " + digest, "config", in -> in.object() ? descriptor(in) : null, null);
            if (config != null) {
                found.add(config.digest());
            }
        } catch (DamagedDocumentException | DigestMismatchException e) {
            return; // Nothing can be made of it any more, so nothing has to be kept for it.
        }
    }

    static boolean isDigest(String algorithm, String hex) {
        try {
            return new Digest(algorithm, hex).hex().equals(hex);
        } catch (HarnessException e) {
            return false;
        }
    }

    /** Opens a document and enters its object. */
    static JsonReader open(byte[] json) {
        JsonReader in = JsonReader.of(json);
        if (!in.object()) {
            throw new MalformedJsonException("it is no JSON object", null);
        }
        return in;
    }

    static DamagedDocumentException damaged(String what, MalformedJsonException cause) {
        return new DamagedDocumentException(
                "Tried to read the " + what + ", but " + cause.problem() + ".",
                "Pull the image again; tell whoever made it if it happens again.",
                cause);
    }

    private static List<Descriptor> descriptors(JsonReader in) {
        List<Descriptor> descriptors = new ArrayList<>();
        if (in.array()) {
            while (in.element()) {
                descriptors.add(descriptor(in));
            }
        }
        return descriptors;
    }

    private static Descriptor descriptor(JsonReader in) {
        String mediaType = null;
        String digest = null;
        String refName = null;
        long size = -1;
        PlatformWords platform = new PlatformWords();
        for (String name = in.property(); name != null; name = in.property()) {
            switch (name) {
                case "mediaType" -> mediaType = in.string();
                case "digest" -> digest = in.string();
                case "size" -> size = in.number();
                case "platform" -> platform.readAll(in);
                case "annotations" -> refName = refName(in);
                default -> in.skip();
            }
        }
        if (size < 0) {
            throw new MalformedJsonException("a descriptor has no size", null);
        }
        return new Descriptor(
                mediaType == null ? "" : mediaType, digest(digest, "digest"), size, platform.platform(), refName);
    }

    private static String refName(JsonReader in) {
        String refName = null;
        if (in.object()) {
            for (String name = in.property(); name != null; name = in.property()) {
                if (name.equals(REF_NAME)) {
                    refName = in.string();
                } else {
                    in.skip();
                }
            }
        }
        return refName;
    }

    private static List<Digest> diffIds(JsonReader in) {
        List<Digest> diffIds = new ArrayList<>();
        if (in.object()) {
            for (String name = in.property(); name != null; name = in.property()) {
                if (name.equals("diff_ids")) {
                    in.strings().forEach(text -> diffIds.add(digest(text, "diff_ids")));
                } else {
                    in.skip();
                }
            }
        }
        return diffIds;
    }

    private static Digest digest(String text, String property) {
        if (text == null) {
            throw new MalformedJsonException("'" + property + "' is missing", null);
        }
        try {
            return Digest.parse(text);
        } catch (HarnessException e) {
            throw new MalformedJsonException("'" + property + "' holds '" + text + "'", e);
        }
    }

    private static Instant instant(String text) {
        try {
            return text == null || text.isEmpty()
                    ? Instant.EPOCH
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    /** The words of a platform, as they come. */
    private static final class PlatformWords {

        private String os;
        private String architecture;
        private String variant;

        boolean read(String name, JsonReader in) {
            switch (name) {
                case "os" -> os = in.string();
                case "architecture" -> architecture = in.string();
                case "variant" -> variant = in.string();
                default -> {
                    return false;
                }
            }
            return true;
        }

        void readAll(JsonReader in) {
            if (in.object()) {
                for (String name = in.property(); name != null; name = in.property()) {
                    if (!read(name, in)) {
                        in.skip();
                    }
                }
            }
        }

        /** A platform in words that nothing here runs on, like buildkit's unknown/unknown, is as good as none. */
        Platform platform() {
            if (isEmpty(os) || isEmpty(architecture)) {
                return null;
            }
            try {
                return new Platform(os, architecture, isEmpty(variant) ? null : variant);
            } catch (HarnessException e) {
                return null;
            }
        }

        private static boolean isEmpty(String word) {
            return word == null || word.isEmpty();
        }
    }
}
