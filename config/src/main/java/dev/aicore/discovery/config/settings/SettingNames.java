package dev.aicore.discovery.config.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks up the names of all known keys. The canonical form is lower case with dashes. */
final class SettingNames {

    /** Maximum edit distance of a suggestion; a less similar one would be confusing. */
    private static final int MAX_SUGGESTION_DISTANCE = 5;

    /** Keys by canonical name. */
    private final Map<String, SettingKey> keys = new TreeMap<>();

    SettingNames(Collection<SettingKey> all) {
        all.forEach(key -> keys.put(canonical(key.name()), key));
    }

    /** Returns the canonical form of a key as written in a file, with or without the prefix. */
    static String canonical(String key) {
        String dashed = key.toLowerCase(Locale.ROOT).replace('_', '-');
        return dashed.startsWith(SettingsBinder.PREFIX) ? dashed.substring(SettingsBinder.PREFIX.length()) : dashed;
    }

    /** Returns the key as written in the file of defaults. */
    static String toFileNotation(String key) {
        return canonical(key).replace('-', '_');
    }

    boolean contains(String canonical) {
        return keys.containsKey(canonical);
    }

    /** Returns true if the name is that of a key, at present or until the next release. */
    boolean accepts(String canonical) {
        return contains(canonical) || RenamedSettings.isOld(canonical);
    }

    boolean isList(String canonical) {
        SettingKey key = keys.get(canonical);
        return key != null && key.isList();
    }

    boolean isSection(String canonical) {
        return keys.keySet().stream().anyMatch(key -> key.startsWith(canonical + "."));
    }

    /**
     * Returns the key that was probably meant: the most similar one, or the only one that ends in the same words; null
     * if there is none.
     */
    @Nullable
    String nearest(String canonical) {
        Map<String, Integer> distances = new HashMap<>();
        keys.keySet().forEach(key -> distances.put(key, EditDistance.between(key, canonical)));
        var alike = keys.keySet().stream()
                .min(Comparator.comparing(distances::get))
                .filter(key -> distances.getOrDefault(key, MAX_SUGGESTION_DISTANCE)
                        <= Math.min(MAX_SUGGESTION_DISTANCE, canonical.length() / 2));
        return alike.or(() -> Optional.ofNullable(ending(canonical)))
                .map(SettingNames::toFileNotation)
                .orElse(null);
    }

    private @Nullable String ending(String canonical) {
        String rest = canonical;
        while (true) {
            String words = rest;
            var same = keys.keySet().stream()
                    .filter(key -> key.equals(words) || key.endsWith("." + words))
                    .toList();
            if (same.size() == 1) {
                return same.getFirst();
            }
            int dot = rest.indexOf('.');
            if (dot < 0 || same.size() > 1) {
                return null;
            }
            rest = rest.substring(dot + 1);
        }
    }
}
