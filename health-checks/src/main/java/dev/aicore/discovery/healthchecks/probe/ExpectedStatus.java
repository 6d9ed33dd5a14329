package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.healthchecks.probe.CheckConfig.InvalidCheckException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Status codes with which an HTTP check passes: {@code expected_status} as a number, a list of numbers, or a class such
 * as {@code 2xx}.
 */
record ExpectedStatus(List<Integer> codes, int hundreds) {

    private static final ExpectedStatus SUCCESS = new ExpectedStatus(List.of(), 2);

    /**
     * Parses the declared value.
     *
     * @param declared JSON value; null permits any success
     * @throws InvalidCheckException if the value has another form
     */
    static ExpectedStatus of(@Nullable Object declared) throws InvalidCheckException {
        return switch (declared) {
            case null -> SUCCESS;
            case Number code -> new ExpectedStatus(List.of(code.intValue()), 0);
            case String text when text.matches("[1-5]xx") -> new ExpectedStatus(List.of(), text.charAt(0) - '0');
            case List<?> codes
            when codes.stream().allMatch(Number.class::isInstance) ->
                new ExpectedStatus(
                        codes.stream().map(code -> ((Number) code).intValue()).toList(), 0);
            default -> throw new InvalidCheckException("expected_status");
        };
    }

    boolean includes(int status) {
        return codes.contains(status) || status / 100 == hundreds;
    }
}
