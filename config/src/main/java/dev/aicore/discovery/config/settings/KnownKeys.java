package dev.aicore.discovery.config.settings;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys of the documented defaults, which are all keys that there are. Canonical form: lower case, dashes. */
final class KnownKeys {

    /** Beyond so many differing characters a suggestion would only puzzle. */
    private static final int NEAR = 5;

    private final Set<String> keys;

    KnownKeys(Set<String> canonicalKeys) {
        this.keys = new TreeSet<>(canonicalKeys);
    }

    /** Of a key as written in a file, with or without the prefix. */
    static String canonical(String key) {
        String dashed = key.toLowerCase(Locale.ROOT).replace('_', '-');
        return dashed.startsWith(Settings.PREFIX) ? dashed.substring(Settings.PREFIX.length()) : dashed;
    }

    /** As the file of defaults writes it. */
    static String written(String key) {
        return canonical(key).replace('-', '_');
    }

    boolean contains(String canonical) {
        return keys.contains(canonical);
    }

    boolean isSection(String canonical) {
        return keys.stream().anyMatch(key -> key.startsWith(canonical + "."));
    }

    @Nullable
    String nearest(String canonical) {
        return keys.stream()
                .min(Comparator.comparingInt(key -> distance(key, canonical)))
                .filter(key -> distance(key, canonical) <= NEAR)
                .map(KnownKeys::written)
                .orElse(null);
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
