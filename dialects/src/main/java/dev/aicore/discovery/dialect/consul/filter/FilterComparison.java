package dev.aicore.discovery.dialect.consul.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.aicore.discovery.dialect.consul.filter.FilterField.FlagField;
import dev.aicore.discovery.dialect.consul.filter.FilterField.ListField;
import dev.aicore.discovery.dialect.consul.filter.FilterField.MapField;
import dev.aicore.discovery.dialect.consul.filter.FilterField.NumberField;
import dev.aicore.discovery.dialect.consul.filter.FilterField.SizeField;
import dev.aicore.discovery.dialect.consul.filter.FilterField.TextField;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Comparison of one field with one value.
 *
 * @param selector selector as written, with the key of a map
 * @param value value to compare with; empty for an operator without value
 * @param position of the comparison in the filter
 */
record FilterComparison(String selector, FilterOperator operator, String value, int position) {

    /** Maximum number of characters of a pattern. */
    static final int MAX_PATTERN = 256;

    private static final java.util.regex.Pattern COUNTS = java.util.regex.Pattern.compile("\\{(?:\\d*,)?(\\d{1,9})");
    private static final int MAX_REPETITIONS = 1_000;

    /**
     * Returns the condition on a field.
     *
     * @throws InvalidFilterException if the operator doesn't apply to the kind of the field, or if the value isn't of
     *     its kind
     */
    <T> Predicate<T> on(FilterField<T> field) throws InvalidFilterException {
        return switch (field) {
            case TextField<T> texts -> any(texts.values(), text());
            case NumberField<T> numbers -> any(numbers.values(), number());
            case FlagField<T> flags -> any(flags.values(), flag());
            case ListField<T> lists -> any(lists.values(), list());
            case MapField<T> maps -> any(maps.values(), keys());
            case SizeField<T> sizes -> any(sizes.values(), size());
        };
    }

    /**
     * Returns the condition on the value of a key of a map.
     *
     * @throws InvalidFilterException if the operator doesn't apply to texts, or if the pattern is invalid
     */
    <T> Predicate<T> onKey(MapField<T> field, String key) throws InvalidFilterException {
        var condition = text();
        return any(field.values(), map -> {
            var found = map.get(key);
            return found == null ? operator.resultIfAbsent() : condition.test(found);
        });
    }

    private static <T, V> Predicate<T> any(Function<T, List<V>> values, Predicate<V> condition) {
        return document -> values.apply(document).stream().anyMatch(condition);
    }

    private Predicate<String> text() throws InvalidFilterException {
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> signed(value::equals);
            case CONTAINS, NOT_CONTAINS -> signed(text -> text.contains(value));
            case MATCHES, NOT_MATCHES -> {
                var pattern = pattern();
                yield signed(text -> pattern.matcher(text).find());
            }
            case EMPTY, NOT_EMPTY -> signed(String::isEmpty);
        };
    }

    private Predicate<Long> number() throws InvalidFilterException {
        if (operator != FilterOperator.EQUAL && operator != FilterOperator.NOT_EQUAL) {
            throw unsupported("a number");
        }
        try {
            long wanted = Long.decode(value);
            return signed(number -> number == wanted);
        } catch (NumberFormatException _) {
            throw new InvalidFilterException("'" + value + "' is no integer, and " + selector + " is one", position);
        }
    }

    private Predicate<Boolean> flag() throws InvalidFilterException {
        if (operator != FilterOperator.EQUAL && operator != FilterOperator.NOT_EQUAL) {
            throw unsupported("a boolean");
        }
        boolean wanted = switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                throw new InvalidFilterException(
                        "'" + value + "' is no boolean, and " + selector + " is one", position);
        };
        return signed(flag -> flag == wanted);
    }

    private Predicate<List<String>> list() throws InvalidFilterException {
        return switch (operator) {
            case CONTAINS, NOT_CONTAINS -> signed(list -> list.contains(value));
            case EMPTY, NOT_EMPTY -> signed(List::isEmpty);
            default -> throw unsupported("a list");
        };
    }

    private Predicate<Map<String, String>> keys() throws InvalidFilterException {
        return switch (operator) {
            case CONTAINS, NOT_CONTAINS -> signed(map -> map.containsKey(value));
            case EMPTY, NOT_EMPTY -> signed(Map::isEmpty);
            default -> throw unsupported("a map");
        };
    }

    private Predicate<Integer> size() throws InvalidFilterException {
        if (operator.hasValue()) {
            throw unsupported("a list of documents");
        }
        return signed(size -> size == 0);
    }

    private <V> Predicate<V> signed(Predicate<V> condition) {
        return operator.isNegated() ? condition.negate() : condition;
    }

    private Pattern pattern() throws InvalidFilterException {
        if (value.length() > MAX_PATTERN) {
            throw new InvalidFilterException("the pattern has more than " + MAX_PATTERN + " characters", position);
        }
        requireSmallProgram();
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new InvalidFilterException("the pattern is invalid: " + e.getMessage(), position);
        }
    }

    /** Refuses counted repetitions that may multiply to a program of millions of instructions. */
    private void requireSmallProgram() throws InvalidFilterException {
        long product = 1;
        var counts = COUNTS.matcher(value);
        while (counts.find()) {
            product *= Math.max(1, Long.parseLong(counts.group(1)));
            if (product > MAX_REPETITIONS) {
                throw new InvalidFilterException(
                        "the pattern repeats more than " + MAX_REPETITIONS + " times", position);
            }
        }
    }

    private InvalidFilterException unsupported(String kind) {
        return new InvalidFilterException(
                "'" + operator.spelling() + "' doesn't apply to " + selector + ", which is " + kind, position);
    }
}
