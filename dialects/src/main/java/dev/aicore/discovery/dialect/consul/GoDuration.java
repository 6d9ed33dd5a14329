package dev.aicore.discovery.dialect.consul;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Parses and formats durations in the syntax of Go, such as {@code 1m30s}, {@code 0.5s} or {@code 120000ms}. */
final class GoDuration {

    private static final int MAX_LENGTH = 64;
    private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([^\\d.]*)");
    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00b5s", 1_000L,
            "\u03bcs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDuration() {}

    /**
     * Parses a duration. A number needs a unit, except for 0.
     *
     * @throws InvalidDurationException with the sentence of Go's parser
     */
    static Duration parse(String text) throws InvalidDurationException {
        boolean negative = text.startsWith("-");
        var unsigned = negative || text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return Duration.ZERO;
        }
        if (unsigned.isEmpty() || text.length() > MAX_LENGTH) {
            throw invalid(text);
        }
        var nanos = BigDecimal.ZERO;
        var part = PART.matcher(unsigned);
        int end = 0;
        while (end < unsigned.length()) {
            if (!part.find(end) || part.start() != end) {
                throw invalid(text);
            }
            if (part.group(2).isEmpty()) {
                throw new InvalidDurationException("time: missing unit in duration \"" + text + '"');
            }
            var unit = UNITS.get(part.group(2));
            if (unit == null) {
                throw new InvalidDurationException(
                        "time: unknown unit \"" + part.group(2) + "\" in duration \"" + text + '"');
            }
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            end = part.end();
        }
        if (nanos.compareTo(MAX_NANOS) > 0) {
            throw invalid(text);
        }
        var duration = Duration.ofNanos(nanos.longValue());
        return negative ? duration.negated() : duration;
    }

    /** Returns a duration of whole seconds as Go writes it, such as {@code 1m30s}. */
    static String format(long seconds) {
        long hours = seconds / 3_600;
        long minutes = seconds / 60 % 60;
        var rest = seconds % 60 + "s";
        return hours > 0 ? hours + "h" + minutes + "m" + rest : minutes > 0 ? minutes + "m" + rest : rest;
    }

    private static InvalidDurationException invalid(String text) {
        var shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        return new InvalidDurationException("time: invalid duration \"" + shown + '"');
    }

    /** Reports a text that is no duration. The message says why, in the words of Go. */
    static final class InvalidDurationException extends Exception {
        InvalidDurationException(String message) {
            super(message, null, false, false);
        }
    }
}
