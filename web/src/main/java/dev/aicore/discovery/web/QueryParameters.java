package dev.aicore.discovery.web;

import dev.aicore.discovery.api.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The query parameters of a request, read by name and type, as {@link JsonFields} reads a body. Collects violations
 * until {@link #validate()}. A controller takes it as an argument.
 *
 * <p>{@link #validate()} refuses every parameter that wasn't read or queried by {@link #has}: a misspelled filter must
 * not be answered as if it were missing. Read all parameters before calling it. Spring's data binding ignores unknown
 * parameters, decodes leniently and throws at the first value of a wrong type.
 */
public final class QueryParameters {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)?");
    private static final TextConstraint ANY_TEXT = TextConstraint.nonEmpty(1024);

    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> readNames = new LinkedHashSet<>();
    private final Set<String> prefixes = new LinkedHashSet<>();
    private final ViolationCollector violationCollector = new ViolationCollector(ErrorCode.UNKNOWN_PARAMETER);

    private QueryParameters() {}

    public static QueryParameters of(ServerHttpRequest request) {
        return of(request.getURI().getRawQuery());
    }

    static QueryParameters of(@Nullable String raw) {
        QueryParameters queryParameters = new QueryParameters();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&", -1)) {
                queryParameters.add(pair);
            }
        }
        return queryParameters;
    }

    private void add(String pair) {
        if (pair.isEmpty()) {
            return;
        }
        int equals = pair.indexOf('=');
        String rawName = equals < 0 ? pair : pair.substring(0, equals);
        String rawValue = equals < 0 ? "" : pair.substring(equals + 1);
        String name = PercentDecoder.decode(rawName.replace('+', ' '));
        String value = PercentDecoder.decode(rawValue.replace('+', ' '));
        if (name == null || value == null) {
            violationCollector.add(
                    name == null ? rawName : name, "is not well-formed", rawValue, "percent-encoded UTF-8");
            return;
        }
        String unclean = TextConstraint.findCharacterProblem(name);
        unclean = unclean == null ? TextConstraint.findCharacterProblem(value) : unclean;
        if (unclean != null) {
            violationCollector.add(name, unclean, value, "text without control characters");
            return;
        }
        values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
    }

    public boolean has(String name) {
        readNames.add(name);
        return values.containsKey(name);
    }

    /** Returns a text of 1 to 1,024 characters. */
    public String text(String name) {
        return text(name, ANY_TEXT);
    }

    public String text(String name, TextConstraint rule) {
        return or(text(name, rule, true), "");
    }

    public @Nullable String textOrNull(String name, TextConstraint rule) {
        return text(name, rule, false);
    }

    public int integerOr(String name, int min, int max, int fallback) {
        return (int) (long) or(readInteger(name, min, max), (long) fallback);
    }

    public @Nullable Integer integerOrNull(String name, int min, int max) {
        Long value = readInteger(name, min, max);
        return value == null ? null : value.intValue();
    }

    public long numberOr(String name, long min, long max, long fallback) {
        return or(readInteger(name, min, max), fallback);
    }

    public @Nullable Long numberOrNull(String name, long min, long max) {
        return readInteger(name, min, max);
    }

    /** Returns true for {@code true}, {@code True}, {@code 1}; false for {@code false}, {@code False}, {@code 0}. */
    public boolean boolOr(String name, boolean fallback) {
        return or(
                read(name, false, "one of true, false, 1, 0", value -> switch (value) {
                    case "true", "True", "1" -> true;
                    case "false", "False", "0" -> false;
                    default -> null;
                }),
                fallback);
    }

    public <T> T choiceOr(String name, Choices<T> choices, T fallback) {
        return or(read(name, false, choices.expected(), choices::get), fallback);
    }

    /**
     * Returns a duration such as {@code 30s}, {@code 500ms}, {@code 2m}, {@code 1h}; a number without a unit means
     * seconds.
     */
    public Duration durationOr(String name, Duration min, Duration max, Duration fallback) {
        String expected = "a duration from " + format(min) + " to " + format(max) + ", such as 500ms, 30s, 2m or 1h";
        return or(
                read(name, false, expected, value -> {
                    Duration duration = duration(value);
                    return duration == null || duration.compareTo(min) < 0 || duration.compareTo(max) > 0
                            ? null
                            : duration;
                }),
                fallback);
    }

    /** Returns all values of a repeatable parameter, in order; at most {@code max}. */
    public List<String> list(String name, int max, TextConstraint rule) {
        List<String> all = all(name, max);
        all.forEach(value -> require(name, value, rule));
        return List.copyOf(all);
    }

    /** Returns all values of a repeatable parameter, at most as many as there are choices. */
    public <T> List<T> choices(String name, Choices<T> choices) {
        List<T> chosen = new ArrayList<>();
        for (String value : all(name, choices.size())) {
            T choice = choices.get(value);
            if (choice == null) {
                violationCollector.add(name, "must be " + choices.expected(), value, choices.expected());
            } else {
                chosen.add(choice);
            }
        }
        return List.copyOf(chosen);
    }

    private List<String> all(String name, int max) {
        readNames.add(name);
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > max) {
            violationCollector.add(name, "is given too often", (long) all.size(), "at most " + max + " times");
        }
        return all;
    }

    /**
     * Returns parameters such as {@code metadata.region=eu}: the part after the prefix, and the value. At most
     * {@code max}.
     */
    public Map<String, String> prefixed(String prefix, int max, TextConstraint key, TextConstraint rule) {
        prefixes.add(prefix);
        Map<String, String> map = new LinkedHashMap<>();
        for (String name : values.keySet()) {
            if (name.startsWith(prefix)) {
                String value = single(name);
                String rest = name.substring(prefix.length());
                require(name, rest, key);
                if (value != null) {
                    require(name, value, rule);
                    map.put(rest, value);
                }
            }
        }
        if (map.size() > max) {
            violationCollector.add(
                    prefix + "*", "is given too often", (long) map.size(), "at most " + max + " parameters");
        }
        return map;
    }

    /** Adds a violation that only the calling code can detect. Shows the parameter's value. */
    public void reject(String name, String message, String expected) {
        List<String> given = values.get(name);
        violationCollector.add(name, message, given == null ? null : given.getFirst(), expected);
    }

    /**
     * Throws if there are violations.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException {@code validation_failed} with all violations, if there
     *     are any; {@code unknown_parameter} if all of them are parameters that weren't read
     */
    public void validate() {
        values.keySet().stream().filter(name -> !isKnown(name)).forEach(this::addUnknown);
        violationCollector.validate();
    }

    private boolean isKnown(String name) {
        return readNames.contains(name) || prefixes.stream().anyMatch(name::startsWith);
    }

    private void addUnknown(String name) {
        List<String> all = new ArrayList<>(readNames);
        prefixes.forEach(prefix -> all.add(prefix + "KEY"));
        String near = SpellingSuggestion.to(name, readNames);
        violationCollector.addUnknown(
                name,
                near == null ? "is not a known parameter" : "is not a known parameter; did you mean " + near + "?",
                values.getOrDefault(name, List.of("")).getFirst(),
                near != null ? near : all.isEmpty() ? "no parameters" : "one of " + String.join(", ", all));
    }

    private @Nullable String text(String name, TextConstraint rule, boolean required) {
        String value = read(name, required, rule.expected(), v -> v);
        if (value != null) {
            require(name, value, rule);
        }
        return value;
    }

    private void require(String name, String value, TextConstraint rule) {
        String problem = rule.problem(value);
        if (problem != null) {
            violationCollector.add(name, problem, value, rule.expected());
        }
    }

    private @Nullable Long readInteger(String name, long min, long max) {
        return read(name, false, "an integer from " + min + " to " + max, value -> {
            if (!INTEGER.matcher(value).matches()) {
                return null;
            }
            try {
                long number = Long.parseLong(value);
                return number >= min && number <= max ? number : null;
            } catch (NumberFormatException tooLarge) {
                return null;
            }
        });
    }

    private <T> @Nullable T read(String name, boolean required, String expected, Function<String, @Nullable T> parse) {
        readNames.add(name);
        if (!values.containsKey(name)) {
            if (required) {
                violationCollector.add(name, "is required", null, expected);
            }
            return null;
        }
        String value = single(name);
        if (value == null) {
            return null;
        }
        T read = parse.apply(value);
        if (read == null) {
            violationCollector.add(name, "must be " + expected, value, expected);
        }
        return read;
    }

    private @Nullable String single(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            violationCollector.add(name, "is given more than once", String.join(", ", given), "one value");
            return null;
        }
        return given.isEmpty() ? null : given.getFirst();
    }

    private static @Nullable Duration duration(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            return null;
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (Objects.requireNonNullElse(matcher.group(2), "s")) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    private static String format(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
