package dev.aicore.discovery.command.shard.policy;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.command.shard.policy.CallWindow.Tally;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the circuit breaker of an instance changes its state. Settings and rules are those of Resilience4j's
 * breaker with a count-based window; that class reads clocks, so its decisions can't be replayed.
 *
 * @param enabled false if no breaker opens
 * @param failureRate percentage of failed calls from which the breaker opens
 * @param slowRate percentage of slow calls from which the breaker opens
 * @param slowCall duration from which a check counts as slow
 * @param window number of last calls that are evaluated
 * @param minimumCalls number of calls below which the breaker stays closed
 * @param waitInOpen time from opening until trial calls are permitted
 * @param halfOpenCalls number of trial calls after which the breaker closes or opens again
 * @param ejectionShare maximum share of a service's instances whose breakers may be open or half-open at once
 */
public record BreakerPolicy(
        boolean enabled,
        int failureRate,
        int slowRate,
        Duration slowCall,
        int window,
        int minimumCalls,
        Duration waitInOpen,
        int halfOpenCalls,
        double ejectionShare) {

    /**
     * Returns the tally of the calls that are evaluated: those of the window if closed, those since the transition if
     * half-open.
     */
    public Tally tally(BreakerState present, CallWindow callWindow) {
        // One reporter fills less than half of a window. A half-open breaker therefore uses a window that holds the
        // required trial calls even if one reporter makes all of them.
        int calling = present == BreakerState.HALF_OPEN ? Math.max(window, 2 * halfOpenCalls + 1) : window;
        return callWindow.tally(calling, slowClass());
    }

    /** Returns the next state; null if the state stays. Only time ends the open state. */
    public @Nullable BreakerState nextState(BreakerState present, Tally tally) {
        return switch (present) {
            case CLOSED -> enabled && tally.calls() >= minimumCalls && isBad(tally) ? BreakerState.OPEN : null;
            case HALF_OPEN ->
                tally.calls() < halfOpenCalls
                        ? null
                        : enabled && isBad(tally) ? BreakerState.OPEN : BreakerState.CLOSED;
            case OPEN -> null;
        };
    }

    /**
     * Returns true if one more instance of a service may be ejected.
     *
     * @param broken number of other instances whose breaker is not closed
     * @param instances number of the service's instances
     */
    public boolean mayEject(int broken, int instances) {
        return broken + 1 <= ejectionShare * instances;
    }

    /** Describes in a sentence the failed or slow calls of a tally and the rate that opens the breaker. */
    public String describe(Tally tally) {
        boolean slow = isAtLeast(slowRate, tally.slow(), tally.calls())
                && !isAtLeast(failureRate, tally.failures(), tally.calls());
        return (slow ? tally.slow() : tally.failures()) + " of the last " + tally.calls() + " calls "
                + (slow ? "were slow" : "failed") + "; " + (slow ? slowRate : failureRate) + " % open the circuit.";
    }

    private boolean isBad(Tally tally) {
        return isAtLeast(failureRate, tally.failures(), tally.calls())
                || isAtLeast(slowRate, tally.slow(), tally.calls());
    }

    private static boolean isAtLeast(int percent, int some, int all) {
        return some * 100 >= percent * all;
    }

    /**
     * Returns the lowest latency class that contains only slow checks: a check of class n took at least 2^(n-1)
     * milliseconds.
     */
    private int slowClass() {
        return 65 - Long.numberOfLeadingZeros(slowCall.toMillis() - 1);
    }
}
