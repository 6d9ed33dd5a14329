package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.health.CallReport;
import org.jspecify.annotations.Nullable;

/**
 * Kind of an observation of an instance. The codes are stored, so their meaning never changes.
 *
 * @see ObservationPacker
 */
public enum ObservationKind {
    /** Heartbeat without health. */
    RENEWED(0, 0, true, null),
    /** Heartbeat with {@code status: healthy}. */
    REPORTED_HEALTHY(1, 0, true, Boolean.TRUE),
    /** Heartbeat with {@code status: unhealthy}. */
    REPORTED_UNHEALTHY(2, 0, true, Boolean.FALSE),
    /** Passed check that renews the lease. Argument: latency class. */
    CHECK_PASSED_RENEWING(3, 1, true, Boolean.TRUE),
    /** Passed check. Argument: latency class. */
    CHECK_PASSED(4, 1, false, Boolean.TRUE),
    /** Failed check. Arguments: code of the reason, latency class. */
    CHECK_FAILED(5, 2, false, Boolean.FALSE),
    /** Call report without its reporter. Arguments: successes, failures. Read for old events, never written. */
    OUTCOMES_REPORTED(6, 2, false, null),
    /**
     * Number of connections that the instance reported. Argument: that number. Recorded beside the heartbeat that
     * carried it.
     */
    CONNECTIONS_REPORTED(7, 1, false, null),
    /** Call report with its reporter. Arguments: {@link CallReport#packed()}, number of the reporter. */
    OUTCOMES_REPORTED_BY(8, 2, false, null),
    /**
     * Position of the list that the instance has of a service. Arguments: {@link ListReport#serviceNumber()},
     * {@link ListReport#packedPosition()}. Its time of arrival is that of the last confirmation of the list. Recorded
     * beside the heartbeat that carried it.
     */
    LIST_REPORTED(9, 2, false, null);

    private static final ObservationKind[] BY_CODE = values();

    private final int code;
    private final int arguments;
    private final boolean renews;
    private final @Nullable Boolean wellness;

    ObservationKind(int code, int arguments, boolean renews, @Nullable Boolean wellness) {
        this.code = code;
        this.arguments = arguments;
        this.renews = renews;
        this.wellness = wellness;
    }

    /** Returns the stored code, 0 to 15. */
    public int code() {
        return code;
    }

    /** Returns the number of arguments, 0 to 2. */
    public int arguments() {
        return arguments;
    }

    /** Returns true if the observation renews the lease. */
    public boolean renews() {
        return renews;
    }

    /** Returns true if the observation is a health result, passed or failed. */
    public boolean isResult() {
        return wellness != null;
    }

    /** Returns true if the instance itself reported its health. */
    public boolean isReported() {
        return this == REPORTED_HEALTHY || this == REPORTED_UNHEALTHY;
    }

    /** Returns true if the observation counts as calls of the instance for its circuit breaker. */
    public boolean isCall() {
        return switch (this) {
            case CHECK_PASSED_RENEWING, CHECK_PASSED, CHECK_FAILED, OUTCOMES_REPORTED_BY -> true;
            case RENEWED,
                    REPORTED_HEALTHY,
                    REPORTED_UNHEALTHY,
                    OUTCOMES_REPORTED,
                    CONNECTIONS_REPORTED,
                    LIST_REPORTED -> false;
        };
    }

    /** Returns true if the observation is a passed health result; false if it failed or is no health result. */
    public boolean passed() {
        return Boolean.TRUE.equals(wellness);
    }

    /**
     * Returns the kind with the stored code.
     *
     * @throws IllegalArgumentException if no kind has this code, because a newer version wrote it
     */
    public static ObservationKind ofCode(int code) {
        if (code >= BY_CODE.length) {
            throw new IllegalArgumentException("Unknown observation kind " + code + "; known kinds are 0 to "
                    + (BY_CODE.length - 1) + ". A newer version wrote it.");
        }
        return BY_CODE[code];
    }
}
