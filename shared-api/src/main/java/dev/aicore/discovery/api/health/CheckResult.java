package dev.aicore.discovery.api.health;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How one look at an instance ended, as evidence keeps it.
 *
 * @param at when it ended
 * @param source {@value #CHECK} or {@value #HEARTBEAT}
 * @param passed whether it speaks for the instance
 * @param reason why it failed, in a word or two such as {@code status 503}; null if it passed, or if a heartbeat said so
 * @param withinMillis a power of two of milliseconds within which a check ended; null for a heartbeat
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

    /** Of a heartbeat, which says by itself how the instance is. */
    public static CheckResult reported(Instant at, boolean healthy) {
        return new CheckResult(at, HEARTBEAT, healthy, null, null);
    }

    /**
     * Of a check.
     *
     * @param reason null if it passed
     * @param latencyClass it took less than two to the power of so many milliseconds, 0 to 62
     */
    public static CheckResult checked(Instant at, @Nullable CheckFailureReason reason, int latencyClass) {
        return new CheckResult(at, CHECK, reason == null, reason == null ? null : reason.words(), 1L << latencyClass);
    }

    /** What it says of the instance, in a sentence. */
    public String sentence() {
        if (source.equals(HEARTBEAT)) {
            return passed ? "It said so in its heartbeat." : "It said in its heartbeat that it is unhealthy.";
        }
        return passed ? "Its check passed." : "Its check failed: " + reason + ".";
    }

    /** The same as everybody may know it: of a check the class of its failure, and not how long it took. */
    public CheckResult forEverybody() {
        return new CheckResult(
                at, source, passed, reason == null ? null : CheckFailureReason.publicWords(reason), null);
    }

    /** A text with such {@linkplain #sentence sentences} in it, as everybody may know it. */
    public static String forEverybody(String text) {
        return REASON.matcher(text).replaceAll(found -> CheckFailureReason.publicWords(found.group()));
    }
}
