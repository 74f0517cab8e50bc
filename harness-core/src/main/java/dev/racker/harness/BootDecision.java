package dev.racker.harness;

import dev.racker.harness.image.ImageConfig;
import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.store.StoredImage;

/**
 * Whether a container of an image is booted.
 *
 * @param boots whether an init is booted; otherwise the payload is the machine's first process, or the only one beside a
 *     small init
 * @param reason why, in words that fit behind "because"
 */
public record BootDecision(boolean boots, String reason) {

    /** Decides by what the image is, as {@code --systemd=auto} asks. */
    public static BootDecision of(StoredImage image) {
        return switch (image.boot()) {
            case NATIVE -> new BootDecision(true, "the image holds systemd and D-Bus");
            case LAYER -> new BootDecision(true, "a layer with systemd has been made for the image");
            case NONE ->
                new BootDecision(false, "the image has no init, and no package manager that could install systemd");
            case PENDING -> installable(image.config());
        };
    }

    /** An entry point is what an application's image has; an operating system's names a shell at most. */
    private static BootDecision installable(ImageConfig config) {
        return config.entrypoint().isEmpty()
                ? new BootDecision(true, "the image is an operating system that systemd can be installed in")
                : new BootDecision(
                        false,
                        "the image has no init, and is made to run its entry point \""
                                + config.entrypoint().get(0) + "\"");
    }

    /** Says that a machine boots because somebody wants it to. */
    public static BootDecision always() {
        return new BootDecision(true, "--systemd=always asks for it");
    }

    /** Says that a machine does not boot because somebody wants it not to. */
    public static BootDecision never() {
        return new BootDecision(false, "--systemd=false asks for it");
    }

    /** Writes what {@link #read} reads, as an object of this name. */
    public void write(JsonWriter out, String name) {
        out.object(name).bool("Boots", boots).string("Reason", reason).endObject();
    }

    /** Reads a decision. */
    public static BootDecision read(JsonReader in) {
        boolean boots = false;
        String reason = "";
        if (in.object()) {
            for (String name = in.property(); name != null; name = in.property()) {
                switch (name) {
                    case "Boots" -> boots = in.bool();
                    case "Reason" -> reason = in.string();
                    default -> in.skip();
                }
            }
        }
        return new BootDecision(boots, reason);
    }
}
