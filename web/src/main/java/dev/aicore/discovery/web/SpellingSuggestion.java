package dev.aicore.discovery.web;

import dev.aicore.discovery.config.settings.EditDistance;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Suggests a known name for a misspelled one. */
final class SpellingSuggestion {
    private static final int MAX_LENGTH = 64;

    private SpellingSuggestion() {}

    /**
     * Returns the known name that the fewest single-character edits lead to: up to a third of its length, and always up
     * to one. Returns null if no name is that near, or if the given name is longer than 64 characters.
     */
    static @Nullable String to(String name, Collection<String> known) {
        if (name.length() > MAX_LENGTH) {
            return null;
        }
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int edits = EditDistance.between(canonical(name), canonical(candidate));
            if (edits < least && edits <= Math.max(1, candidate.length() / 3)) {
                least = edits;
                best = candidate;
            }
        }
        return best;
    }

    /** Removes separators and case, so that {@code healthCheck} and {@code health-check} equal {@code health_check}. */
    private static String canonical(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
