package dev.aicore.discovery.api.shard;

import org.jspecify.annotations.Nullable;

/**
 * What can be observed of an instance. The codes are stored: they never change their meaning.
 *
 * @see ObservationPacker
 */
public enum ObservationKind {
    /** A heartbeat that says nothing of health. */
    RENEWED(0, 0, true, null),
    /** A heartbeat with {@code status: healthy}. */
    REPORTED_HEALTHY(1, 0, true, Boolean.TRUE),
    /** A heartbeat with {@code status: unhealthy}. */
    REPORTED_UNHEALTHY(2, 0, true, Boolean.FALSE),
    /** A check passed, and renews the lease: latency class. */
    CHECK_PASSED_RENEWING(3, 1, true, Boolean.TRUE),
    /** A check passed: latency class. */
    CHECK_PASSED(4, 1, false, Boolean.TRUE),
    /** A check failed: code of the reason, latency class. */
    CHECK_FAILED(5, 2, false, Boolean.FALSE),
    /** Callers reported how their calls went: successes, failures. Nobody writes it. */
    OUTCOMES_REPORTED(6, 2, false, null),
    /** How many connections the instance says it has: that number. It comes beside the heartbeat that brought it. */
    CONNECTIONS_REPORTED(7, 1, false, null),
    /** The same as {@link #OUTCOMES_REPORTED}, of somebody: {@link CallReport#packed()}, number of who reported them. */
    OUTCOMES_REPORTED_BY(8, 2, false, null);

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

    /** As it is stored, 0 to 15. */
    public int code() {
        return code;
    }

    /** How many numbers it carries, 0 to 2. */
    public int arguments() {
        return arguments;
    }

    /** Whether the lease runs anew from it. */
    public boolean renews() {
        return renews;
    }

    /** Whether it is a health result at all. */
    public boolean isResult() {
        return wellness != null;
    }

    /** Whether it is what an instance says of its own health. */
    public boolean isReported() {
        return this == REPORTED_HEALTHY || this == REPORTED_UNHEALTHY;
    }

    /** Whether it tells how calls of the instance went. */
    public boolean isCall() {
        return switch (this) {
            case CHECK_PASSED_RENEWING, CHECK_PASSED, CHECK_FAILED, OUTCOMES_REPORTED_BY -> true;
            case RENEWED, REPORTED_HEALTHY, REPORTED_UNHEALTHY, OUTCOMES_REPORTED, CONNECTIONS_REPORTED -> false;
        };
    }

    /** Whether it speaks for the instance's health; false as well if it says nothing of it. */
    public boolean passed() {
        return Boolean.TRUE.equals(wellness);
    }

    /**
     * The opposite of {@link #code()}.
     *
     * @throws IllegalArgumentException if there is none of that code: a newer version has written it
     */
    public static ObservationKind ofCode(int code) {
        if (code >= BY_CODE.length) {
            throw new IllegalArgumentException("An observation of kind " + code + "; known are 0 to "
                    + (BY_CODE.length - 1) + ": it was written by a newer version.");
        }
        return BY_CODE[code];
    }
}
