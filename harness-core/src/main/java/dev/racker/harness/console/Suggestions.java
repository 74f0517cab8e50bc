package dev.racker.harness.console;

import java.util.ArrayList;
import java.util.List;

/** Finds what somebody may have meant who typed a word that is not known. */
public final class Suggestions {

    private Suggestions() {}

    /** The words that are nearest to the one typed, in their order; none when all of them are far from it. */
    public static List<String> nearest(String typed, Iterable<String> known) {
        List<String> nearest = new ArrayList<>();
        if (bare(typed).length() < 2) {
            return nearest; // any other letter is as near as the next one
        }
        int best = Math.max(1, bare(typed).length() / 3);
        for (String word : known) {
            int distance = distance(bare(typed), bare(word));
            if (distance < best) {
                nearest.clear();
                best = distance;
            }
            if (distance == best) {
                nearest.add(word);
            }
        }
        return nearest;
    }

    /** Without the dashes, which would make all short options alike. */
    private static String bare(String word) {
        int start = 0;
        while (start < word.length() && word.charAt(start) == '-') {
            start++;
        }
        return word.substring(start);
    }

    /** The number of letters to insert, to remove, to replace or to swap with the next one. */
    static int distance(String a, String b) {
        int[][] distances = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distances[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, distances);
            }
        }
        return distances[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] distances) {
        int replaced = distances[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
    }
}
