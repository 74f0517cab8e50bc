package dev.racker.harness.image;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import dev.racker.harness.json.MalformedJsonException;
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
 * @param healthCheck how the container's health is to be checked; null when the image does not say
 * @param shell what runs the shell form of commands; empty for {@code /bin/sh -c}
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
        List<String> volumes,
        ImageHealth healthCheck,
        List<String> shell) {

    /** Takes copies of what is given. */
    public ImageConfig {
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        env = List.copyOf(env);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        exposedPorts = List.copyOf(exposedPorts);
        volumes = List.copyOf(volumes);
        shell = List.copyOf(shell);
    }

    /** The configuration of an image that says nothing about its health, and nothing about its shell. */
    public ImageConfig(
            List<String> entrypoint,
            List<String> cmd,
            List<String> env,
            String user,
            String workingDir,
            String stopSignal,
            Map<String, String> labels,
            List<String> exposedPorts,
            List<String> volumes) {
        this(entrypoint, cmd, env, user, workingDir, stopSignal, labels, exposedPorts, volumes, null, List.of());
    }

    /** The configuration of an image that has none: no command, no environment, root in {@code /}. */
    public static ImageConfig empty() {
        return new ImageConfig(List.of(), List.of(), List.of(), "", "", "", Map.of(), List.of(), List.of());
    }

    /**
     * Reads an OCI or docker image configuration: the JSON document that a manifest's {@code config} points to.
     *
     * @throws MalformedJsonException when the bytes are no such document
     */
    public static ImageConfig fromOci(byte[] json) {
        ImageConfig config = empty();
        try (JsonReader in = JsonReader.of(json)) {
            if (!in.object()) {
                throw new MalformedJsonException("an image configuration is an object", null);
            }
            for (String name = in.property(); name != null; name = in.property()) {
                if (name.equals("config")) {
                    config = read(in);
                } else {
                    in.skip();
                }
            }
            in.end();
        }
        return config;
    }

    /** Reads the {@code config} object alone; a null is {@link #empty()}. */
    public static ImageConfig read(JsonReader in) {
        ImageConfig empty = empty();
        if (!in.object()) {
            return empty;
        }
        List<String> entrypoint = empty.entrypoint;
        List<String> cmd = empty.cmd;
        List<String> env = empty.env;
        String user = "";
        String workingDir = "";
        String stopSignal = "";
        Map<String, String> labels = empty.labels;
        List<String> exposedPorts = empty.exposedPorts;
        List<String> volumes = empty.volumes;
        ImageHealth healthCheck = null;
        List<String> shell = empty.shell;
        for (String name = in.property(); name != null; name = in.property()) {
            switch (name) {
                case "Entrypoint" -> entrypoint = in.strings();
                case "Cmd" -> cmd = in.strings();
                case "Env" -> env = in.strings();
                case "User" -> user = orEmpty(in.string());
                case "WorkingDir" -> workingDir = orEmpty(in.string());
                case "StopSignal" -> stopSignal = orEmpty(in.string());
                case "Labels" -> labels = in.stringMap();
                case "ExposedPorts" -> exposedPorts = in.names();
                case "Volumes" -> volumes = in.names();
                case "Healthcheck" -> healthCheck = ImageHealth.read(in);
                case "Shell" -> shell = in.strings();
                default -> in.skip();
            }
        }
        return new ImageConfig(
                entrypoint, cmd, env, user, workingDir, stopSignal, labels, exposedPorts, volumes, healthCheck, shell);
    }

    /** Writes what {@link #read} reads, as an object of this name. */
    public void write(JsonWriter out, String name) {
        out.object(name)
                .strings("Entrypoint", entrypoint)
                .strings("Cmd", cmd)
                .strings("Env", env)
                .string("User", user)
                .string("WorkingDir", workingDir)
                .string("StopSignal", stopSignal)
                .stringMap("Labels", labels)
                .names("ExposedPorts", exposedPorts)
                .names("Volumes", volumes);
        if (healthCheck != null) {
            healthCheck.write(out);
        }
        if (!shell.isEmpty()) {
            out.strings("Shell", shell);
        }
        out.endObject();
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
