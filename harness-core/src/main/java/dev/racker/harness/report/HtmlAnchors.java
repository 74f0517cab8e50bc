package dev.racker.harness.report;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Gives each cell a name for links that stays the same from run to run. */
final class HtmlAnchors {

    private static final int LONGEST = 80;

    private final Map<CellReport, String> names = new IdentityHashMap<>();

    HtmlAnchors(RunReport report) {
        Set<String> taken = new HashSet<>();
        for (CellReport cell : report.cells()) {
            String name = "cell-" + slug(cell.subject() + "-" + cell.image());
            String candidate = name;
            for (int i = 2; !taken.add(candidate); i++) {
                candidate = name + "--" + i;
            }
            names.put(cell, candidate);
        }
    }

    /** Unique on the page; ASCII letters, digits and hyphens. */
    String of(CellReport cell) {
        return names.get(cell);
    }

    private static String slug(String text) {
        StringBuilder slug = new StringBuilder();
        for (char c : PlainText.of(text).toLowerCase(Locale.ROOT).toCharArray()) {
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (plain && slug.length() < LONGEST) {
                slug.append(c);
            } else if (slug.length() > 0 && slug.charAt(slug.length() - 1) != '-') {
                slug.append('-');
            }
        }
        return slug.toString();
    }
}
