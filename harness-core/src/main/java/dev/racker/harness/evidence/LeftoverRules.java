package dev.racker.harness.evidence;

import dev.racker.harness.error.HarnessException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code leftovers.rules} says about paths. */
final class LeftoverRules {

    private static final String RESOURCE = "leftovers.rules";
    private static final String IGNORE = "ignore";
    private static final String IGNORE_ITSELF = "ignore-itself";
    private static final String KEPT = "kept";
    private static final Map<String, LeftoverKind> KINDS = Map.of(
            "unit", LeftoverKind.UNIT,
            "alternative", LeftoverKind.ALTERNATIVE,
            "cron", LeftoverKind.CRON,
            "logrotate", LeftoverKind.LOGROTATE,
            "tmpfiles", LeftoverKind.TMPFILES,
            "sysusers", LeftoverKind.SYSUSERS);

    private final List<Rule> rules = new ArrayList<>();
    private final List<PathGlob> kept = new ArrayList<>();

    private record Rule(PathGlob glob, boolean itself, Optional<LeftoverKind> kind) {
        boolean covers(String[] path) {
            return itself ? glob.is(path) : glob.covers(path);
        }
    }

    private LeftoverRules() {}

    static LeftoverRules load() {
        LeftoverRules rules = new LeftoverRules();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(LeftoverRules.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    rules.add(line, number);
                }
            }
        } catch (IOException e) {
            throw new HarnessException("Tried to read " + RESOURCE + " of this program, but it is damaged.", null, e);
        }
        return rules;
    }

    private void add(String line, int number) {
        String[] fields = line.strip().split("\\s+");
        LeftoverKind kind = KINDS.get(fields[0]);
        boolean known =
                kind != null || fields[0].equals(IGNORE) || fields[0].equals(IGNORE_ITSELF) || fields[0].equals(KEPT);
        if (fields.length != 2 || !known) {
            throw new IllegalStateException(RESOURCE + ":" + number + ": no word and pattern: " + line);
        }
        PathGlob glob = PathGlob.parse(fields[1]);
        if (fields[0].equals(KEPT)) {
            kept.add(glob);
        } else {
            rules.add(new Rule(glob, fields[0].equals(IGNORE_ITSELF), Optional.ofNullable(kind)));
        }
    }

    /** Says whether something at this path is no leftover. */
    boolean ignores(String[] path) {
        for (Rule rule : rules) {
            if (rule.covers(path)) {
                return rule.kind().isEmpty();
            }
        }
        return false;
    }

    /** What a leftover at this path is; empty when it is an ordinary file or directory. */
    Optional<LeftoverKind> kind(String[] path) {
        for (Rule rule : rules) {
            if (rule.covers(path)) {
                return rule.kind();
            }
        }
        return Optional.empty();
    }

    /** Says whether it stays until a purge. */
    boolean staysUntilPurge(String[] path) {
        for (PathGlob glob : kept) {
            if (glob.covers(path)) {
                return true;
            }
        }
        return false;
    }
}
