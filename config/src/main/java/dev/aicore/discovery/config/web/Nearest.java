package dev.aicore.discovery.config.web;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses which name a misspelt one was meant to be. */
final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** The known name that the fewest single-character edits lead to, up to a third of its length; null if none is near. */
    static @Nullable String to(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return null;
        }
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int edits = edits(plain(name), plain(candidate));
            if (edits < least && edits <= Math.max(1, candidate.length() / 3)) {
                least = edits;
                best = candidate;
            }
        }
        return best;
    }

    /** {@code healthCheck} and {@code health-check} are as near to {@code health_check} as can be. */
    private static String plain(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
