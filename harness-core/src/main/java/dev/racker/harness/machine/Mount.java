package dev.racker.harness.machine;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.json.MalformedJsonException;
import java.util.Locale;

/**
 * Something that is mounted in a container, as its record keeps it.
 *
 * @param kind what it is
 * @param source of a bind the absolute path on the host, of a volume its name; empty for a volume that is still to be
 *     made and named, and for memory
 * @param target the absolute path inside, without a slash at its end
 * @param readOnly whether the container may not write
 * @param prepared whether a bind's source is made when it is missing, and an empty volume is filled from the image
 * @param anonymous whether the volume was made for this container and goes with it
 * @param options of memory, as mount(8) takes them for tmpfs; empty otherwise
 */
public record Mount(
        Kind kind,
        String source,
        String target,
        boolean readOnly,
        boolean prepared,
        boolean anonymous,
        String options) {

    /** What can be mounted. */
    public enum Kind {
        /** A directory or file of the host. */
        BIND,
        /** A volume of the store. */
        VOLUME,
        /** A file system in memory. */
        TMPFS;

        /** The word that docker has for it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind parse(String word) {
            for (Kind kind : values()) {
                if (kind.word().equals(word)) {
                    return kind;
                }
            }
            throw new MalformedJsonException("there is no mount of the type '" + word + "'", null);
        }
    }

    /** Something of the host. */
    public static Mount bind(String source, String target, boolean readOnly, boolean makesSource) {
        return new Mount(Kind.BIND, source, target, readOnly, makesSource, false, "");
    }

    /** A volume that has a name. */
    public static Mount volume(String name, String target, boolean readOnly, boolean filled) {
        return new Mount(Kind.VOLUME, name, target, readOnly, filled, false, "");
    }

    /** A volume that gets a name when the container is made, and goes with the container. */
    public static Mount anonymous(String target, boolean readOnly, boolean filled) {
        return new Mount(Kind.VOLUME, "", target, readOnly, filled, true, "");
    }

    /** A file system in memory. */
    public static Mount tmpfs(String target, String options) {
        return new Mount(Kind.TMPFS, "", target, false, false, false, options);
    }

    /** The same with the name that its volume has got. */
    public Mount named(String name) {
        return new Mount(kind, name, target, readOnly, prepared, anonymous, options);
    }

    /** The same in another container, which does not own it, and which may write only when this one may. */
    public Mount shared(boolean onlyReading) {
        return new Mount(kind, source, target, readOnly || onlyReading, false, false, options);
    }

    /** Writes it as an object that its target names. */
    void write(JsonWriter out) {
        out.object(target)
                .string("type", kind.word())
                .string("source", source)
                .bool("read_only", readOnly)
                .bool("prepared", prepared)
                .bool("anonymous", anonymous)
                .string("options", options)
                .endObject();
    }

    static Mount read(String target, JsonReader in) {
        Kind kind = Kind.BIND;
        String source = "";
        boolean readOnly = false;
        boolean prepared = false;
        boolean anonymous = false;
        String options = "";
        in.object();
        for (String property = in.property(); property != null; property = in.property()) {
            switch (property) {
                case "type" -> kind = Kind.parse(in.string());
                case "source" -> source = in.string();
                case "read_only" -> readOnly = in.bool();
                case "prepared" -> prepared = in.bool();
                case "anonymous" -> anonymous = in.bool();
                case "options" -> options = in.string();
                default -> in.skip();
            }
        }
        return new Mount(kind, source, target, readOnly, prepared, anonymous, options);
    }
}
