package dev.racker.harness.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How an image wants to be run: the {@code config} object of the OCI image configuration.
 *
 * @param entrypoint what every command is given to; empty when the image names none
 * @param cmd the default command or the default arguments of the entry point; may be empty
 * @param env {@code NAME=value} each
 * @param user {@code user}, {@code uid}, {@code user:group}, {@code uid:gid}; empty means root
 * @param workingDir an absolute path; empty means {@code /}
 * @param stopSignal a name or number; empty when the image names none
 * @param labels free metadata, in the image's order
 * @param exposedPorts {@code 80/tcp} each
 * @param volumes absolute paths
 */
public record ImageConfig(
        List<String> entrypoint,
        List<String> cmd,
        List<String> env,
        String user,
        String workingDir,
        String stopSignal,
        Map<String, String> labels,
        List<String> exposedPorts,
        List<String> volumes) {

    /** Takes copies of what is given. */
    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        env = List.copyOf(env);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        exposedPorts = List.copyOf(exposedPorts);
        volumes = List.copyOf(volumes);
    }

    /** The configuration of an image that has none: no command, no environment, root in {@code /}. */
    public static ImageConfig empty() {
        return new ImageConfig(List.of(), List.of(), List.of(), "", "", "", Map.of(), List.of(), List.of());
    }

    /**
     * Reads an OCI or docker image configuration: the JSON document that a manifest's {@code config} points to.
     *
     * @throws dev.racker.harness.error.HarnessException when the bytes are no such document
     */
    public static ImageConfig fromOci(byte[] json) {
        return ImageConfigCodec.readDocument(json);
    }
}
