package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.CheckFailureReason;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Result of a probe.
 *
 * @param failure null if the probe passed
 * @param detail one short word, e.g. a status code; may be empty. At most {@value #MAX_DETAIL} characters, and no text
 *     that the target sent
 * @param latency time from the start of the probe to its end, including name resolution
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

    /** Returns the packed reason of the failure as observations contain it; 0 if the probe passed. */
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
