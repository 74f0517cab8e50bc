package dev.racker.cli;

import dev.racker.harness.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What docker has and racker lacks, so that nobody is told of a typing error who has made none. It is in {@code
 * docker.json}, which {@code doc/docker-differences.rst} is made of too, and is read only when a word is not known.
 */
final class DockerReference {

    private static final String PROGRAM = "racker";
    private static final List<String> RUNNING =
            List.of("racker run", "racker create", "racker container run", "racker container create");
    private static final String UNSUPPORTED = "unsupported";

    private DockerReference() {}

    /**
     * Says why racker does not have something of docker.
     *
     * @param command what could not read the word, such as {@code racker run}
     * @param word an option or a command
     * @return may be empty; null when docker does not have it either, or racker ought to
     */
    static String why(String command, String word) {
        if (!word.startsWith("-")) {
            String group = command.equals(PROGRAM) ? "" : command.substring(PROGRAM.length() + 1) + " ";
            return find("commands", group + word);
        }
        return RUNNING.contains(command) ? find("run", word) : null;
    }

    private static String find(String section, String name) {
        try (InputStream file = DockerReference.class.getResourceAsStream("docker.json");
                JsonReader in = JsonReader.of(file.readAllBytes())) {
            in.object();
            for (String property = in.property(); property != null; property = in.property()) {
                if (property.equals(section)) {
                    return find(in, name);
                }
                in.skip();
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String find(JsonReader in, String name) {
        in.array();
        while (in.element()) {
            List<String> names = List.of();
            String is = "";
            String why = "";
            for (String property = in.property(); property != null; property = in.property()) {
                switch (property) {
                    case "names" -> names = in.strings();
                    case "is" -> is = in.string();
                    case "why" -> why = in.string();
                    default -> in.skip();
                }
            }
            if (names.contains(name)) {
                return is.equals(UNSUPPORTED) ? why : null;
            }
        }
        return null;
    }
}
