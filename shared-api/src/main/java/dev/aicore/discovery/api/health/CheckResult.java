package dev.aicore.discovery.api.health;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Health result of an instance, from a check or a heartbeat, as stored in evidence.
 *
 * @param at the end of the check, or the arrival of the heartbeat
 * @param source {@value #CHECK} or {@value #HEARTBEAT}
 * @param passed true if the result is healthy
 * @param reason reason of the failure in a word or two, such as {@code status 503}; null if the result passed, or came
 *     from a heartbeat
 * @param withinMillis upper bound of the check's latency in milliseconds, a power of two; null for a heartbeat
 */
public record CheckResult(
        Instant at,
        String source,
        boolean passed,
        @Nullable String reason,
        @Nullable Long withinMillis) {

    public static final String CHECK = "check";
    public static final String HEARTBEAT = "heartbeat";

    private static final Pattern REASON = Pattern.compile("(?<=Its check failed: )[a-z0-9 ]+(?=\\.)");

    /** Returns the result of a heartbeat, in which an instance reports its own health. */
    public static CheckResult reported(Instant at, boolean healthy) {
        return new CheckResult(at, HEARTBEAT, healthy, null, null);
    }

    /**
     * Returns the result of a check.
     *
     * @param reason reason of the failure; null if the check passed
     * @param latencyClass exponent k of the latency: less than 2^k milliseconds; 0 to 62
     */
    public static CheckResult checked(Instant at, @Nullable CheckFailureReason reason, int latencyClass) {
        return new CheckResult(at, CHECK, reason == null, reason == null ? null : reason.text(), 1L << latencyClass);
    }

    /** Returns the result as a sentence. */
    public String describe() {
        if (source.equals(HEARTBEAT)) {
            return passed ? "Its heartbeat reported healthy." : "Its heartbeat reported unhealthy.";
        }
        return passed ? "Its check passed." : "Its check failed: " + reason + ".";
    }

    /**
     * Returns a copy for callers that may not see the answers of check targets: with the class of a failure, without
     * the latency.
     */
    public CheckResult redacted() {
        return new CheckResult(at, source, passed, reason == null ? null : CheckFailureReason.publicText(reason), null);
    }

    /**
     * Returns a text that contains such {@linkplain #describe sentences}, reduced for callers that may not see the
     * answers of check targets.
     */
    public static String redacted(String text) {
        return REASON.matcher(text).replaceAll(found -> CheckFailureReason.publicText(found.group()));
    }
}
