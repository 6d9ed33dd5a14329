package dev.aicore.discovery.web;

import dev.aicore.discovery.config.text.EditDistance;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses which name a misspelt one was meant to be. */
final class SpellingSuggestion {
    private static final int MAX_LENGTH = 64;

    private SpellingSuggestion() {}

    /** The known name that the fewest single-character edits lead to, up to a third of its length; null if none is near. */
    static @Nullable String to(String name, Collection<String> known) {
        if (name.length() > MAX_LENGTH) {
            return null;
        }
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int edits = EditDistance.between(plain(name), plain(candidate));
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
}
