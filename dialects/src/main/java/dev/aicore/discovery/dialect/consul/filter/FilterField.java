package dev.aicore.discovery.dialect.consul.filter;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Field of a document that a filter may select. A field that exists several times in a document, such as the status of
 * each check, has several values, and a comparison is true if it is true for one of them.
 *
 * @param <T> type of the document
 */
public sealed interface FilterField<T> {

    /** Field whose values are texts. */
    record TextField<T>(Function<T, List<String>> values) implements FilterField<T> {}

    /** Field whose values are integers. */
    record NumberField<T>(Function<T, List<Long>> values) implements FilterField<T> {}

    /** Field whose values are true or false. */
    record FlagField<T>(Function<T, List<Boolean>> values) implements FilterField<T> {}

    /** Field whose values are lists of texts. */
    record ListField<T>(Function<T, List<List<String>>> values) implements FilterField<T> {}

    /** Field whose values are maps of texts; each key is a field, too. */
    record MapField<T>(Function<T, List<Map<String, String>>> values) implements FilterField<T> {}

    /** List of documents, of which only the size can be queried. */
    record SizeField<T>(Function<T, List<Integer>> values) implements FilterField<T> {}

    /** Creates a field with one text. */
    static <T> FilterField<T> text(Function<T, String> value) {
        return new TextField<>(of -> List.of(value.apply(of)));
    }

    /** Creates a field with one number. */
    static <T> FilterField<T> number(Function<T, Long> value) {
        return new NumberField<>(of -> List.of(value.apply(of)));
    }

    /** Creates a field with one flag. */
    static <T> FilterField<T> flag(Function<T, Boolean> value) {
        return new FlagField<>(of -> List.of(value.apply(of)));
    }

    /** Creates a field with one list. */
    static <T> FilterField<T> list(Function<T, List<String>> value) {
        return new ListField<>(of -> List.of(value.apply(of)));
    }

    /** Creates a field with one map. */
    static <T> FilterField<T> map(Function<T, Map<String, String>> value) {
        return new MapField<>(of -> List.of(value.apply(of)));
    }
}
