package dev.aicore.discovery.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values that a field or parameter may have, by their wire names. Errors list the names in the given order: that of
 * a {@code Map.of} would differ between two processes.
 */
public final class Choices<T> {

    private final SequencedMap<String, T> byName;
    private final String expected;

    private Choices(SequencedMap<String, T> byName) {
        this.byName = Collections.unmodifiableSequencedMap(byName);
        this.expected = "one of " + String.join(", ", byName.keySet());
    }

    /** Returns choices that are texts: each is its own wire name. */
    public static Choices<String> ofNames(String... names) {
        return of(List.of(names), Function.identity());
    }

    /**
     * Returns the given values as choices.
     *
     * @param values at least one
     * @param wireName returns the wire name of a value, which must be unique
     */
    public static <T> Choices<T> of(List<T> values, Function<T, String> wireName) {
        SequencedMap<String, T> byName = LinkedHashMap.newLinkedHashMap(values.size());
        for (T value : values) {
            if (byName.putIfAbsent(wireName.apply(value), value) != null) {
                throw new IllegalArgumentException("Two choices have the name " + wireName.apply(value) + ".");
            }
        }
        return new Choices<>(byName);
    }

    /** Returns the choice with a wire name; null if none has it. */
    public @Nullable T get(String wireName) {
        return byName.get(wireName);
    }

    T first() {
        return byName.firstEntry().getValue();
    }

    int size() {
        return byName.size();
    }

    /** Returns the names for an error, such as {@code one of asc, desc}. */
    public String expected() {
        return expected;
    }
}
