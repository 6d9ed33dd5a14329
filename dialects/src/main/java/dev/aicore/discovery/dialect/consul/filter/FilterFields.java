package dev.aicore.discovery.dialect.consul.filter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields that a filter may select in a document, by their selectors, such as {@code Service.Port}. Selectors are
 * case-sensitive. Immutable.
 *
 * @param <T> type of the document
 */
public final class FilterFields<T> {

    private final Map<String, FilterField<T>> bySelector;

    /** Creates fields from a map of selectors. */
    public FilterFields(Map<String, FilterField<T>> bySelector) {
        this.bySelector = Collections.unmodifiableMap(new LinkedHashMap<>(bySelector));
    }

    /** Returns the field of a selector; null if there is none. */
    @Nullable
    FilterField<T> find(String selector) {
        return bySelector.get(selector);
    }

    /** Returns the selectors as a message lists them. */
    String describe() {
        return String.join(", ", bySelector.keySet());
    }
}
