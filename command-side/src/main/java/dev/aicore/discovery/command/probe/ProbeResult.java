package dev.aicore.discovery.command.probe;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a probe went.
 *
 * @param failure null if it passed
 * @param detail one short word on it, such as a status code; may be empty. At most {@value #LONGEST_DETAIL} characters, nothing that
 *     the target said in its own words
 * @param latency from the beginning of the look to its end, names looked up and all
 */
public record ProbeResult(@Nullable ProbeFailure failure, String detail, Duration latency) {

    private static final int LONGEST_DETAIL = 64;

    public ProbeResult {
        detail = detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
    }

    public boolean passed() {
        return failure == null;
    }

    static ProbeResult pass(String detail) {
        return new ProbeResult(null, detail, Duration.ZERO);
    }

    static ProbeResult fail(ProbeFailure failure, String detail) {
        return new ProbeResult(failure, detail, Duration.ZERO);
    }

    ProbeResult took(long nanos) {
        return new ProbeResult(failure, detail, Duration.ofNanos(Math.max(0, nanos)));
    }
}
