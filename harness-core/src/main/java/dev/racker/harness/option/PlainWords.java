package dev.racker.harness.option;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads command lines that are plain: options that are declared, each as it is usually written, and then words. Reading one
 * takes no longer than the command line is long. What is not plain, such as a mistake or a question for help, is left to a
 * parser that knows all ways of writing and can explain.
 */
public final class PlainWords {

    private final Map<String, Option> named = new HashMap<>();
    private final List<Option> words = new ArrayList<>();

    private PlainWords(Options options) {
        for (Option option : options.all()) {
            for (String name : option.names()) {
                named.put(name, option);
            }
            if (option.names().isEmpty()) {
                words.add(option);
            }
        }
    }

    /**
     * Reads a command line into its options.
     *
     * @param options that nothing was given to yet
     * @return whether it is plain; otherwise the options hold something, and must not be used
     */
    public static boolean read(Options options, List<String> line) {
        return new PlainWords(options).read(line);
    }

    private boolean read(List<String> line) {
        int at = 0;
        while (at < line.size() && line.get(at).startsWith("-")) {
            String text = line.get(at++);
            Option option = named.get(text);
            if (option == null) {
                if (!attached(text)) {
                    return false;
                }
            } else if (option instanceof Flag) {
                if (!option.take("")) {
                    return false;
                }
            } else if (option.alone() != null
                    || at == line.size()
                    || !isValue(line.get(at))
                    || !option.take(line.get(at++))) {
                return false;
            }
        }
        return words(line, at);
    }

    /** What looks like an option may be one; picocli decides. */
    private static boolean isValue(String text) {
        return !text.startsWith("-");
    }

    /** {@code --name=value}, {@code -nvalue}, or flags together. */
    private boolean attached(String text) {
        if (text.startsWith("--")) {
            int equals = text.indexOf('=');
            Option option = equals < 0 ? null : named.get(text.substring(0, equals));
            return option != null && !(option instanceof Flag) && take(option, text.substring(equals + 1));
        }
        if (text.length() < 3 || text.charAt(2) == '=' || text.substring(2).isBlank()) {
            return false;
        }
        Option first = named.get(text.substring(0, 2));
        return first instanceof Flag
                ? flags(text)
                : first != null && first.alone() == null && take(first, text.substring(2));
    }

    /** picocli takes this value for the end of all options, even here. */
    private static boolean take(Option option, String value) {
        return !value.equals("--") && option.take(value);
    }

    private boolean flags(String text) {
        for (int i = 1; i < text.length(); i++) {
            Option option = named.get("-" + text.charAt(i));
            if (!(option instanceof Flag) || !option.take("")) {
                return false;
            }
        }
        return true;
    }

    private boolean words(List<String> line, int from) {
        int at = from;
        for (Option word : words) {
            if (word instanceof Values<?> values) {
                int least = word.arity().startsWith("0") ? 0 : 1;
                if (line.size() - at < least) {
                    return false;
                }
                while (at < line.size()) {
                    if (!values.takes(line.get(at))) {
                        return false;
                    }
                    word.take(line.get(at++));
                }
            } else if (at == line.size()) {
                return word.arity().startsWith("0");
            } else if (!word.take(line.get(at++))) {
                return false;
            }
        }
        return at == line.size();
    }
}
