package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.CheckFailureReason;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a probe went.
 *
 * @param failure null if it passed
 * @param detail one short word on it, such as a status code; may be empty. At most {@value #MAX_DETAIL} characters, nothing that
 *     the target said in its own words
 * @param latency from the beginning of the look to its end, names looked up and all
 */
public record ProbeResult(@Nullable CheckFailureCode failure, String detail, Duration latency) {

    private static final int MAX_DETAIL = 64;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

    public ProbeResult {
        detail = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
    }

    public boolean passed() {
        return failure == null;
    }

    /** Why it failed, as an observation keeps it; 0 if it passed. */
    public int reason() {
        return failure == null
                ? 0
                : new CheckFailureReason(failure, NUMBER.matcher(detail).matches() ? Integer.parseInt(detail) : 0)
                        .packed();
    }

    static ProbeResult pass(String detail) {
        return new ProbeResult(null, detail, Duration.ZERO);
    }

    static ProbeResult fail(CheckFailureCode failure, String detail) {
        return new ProbeResult(failure, detail, Duration.ZERO);
    }

    ProbeResult took(long nanos) {
        return new ProbeResult(failure, detail, Duration.ofNanos(Math.max(0, nanos)));
    }
}
