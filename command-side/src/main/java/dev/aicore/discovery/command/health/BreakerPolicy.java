package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.command.health.CallWindow.Tally;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the circuit breaker in front of an instance turns. Settings and rules are those of Resilience4j's breaker with a window
 * of calls; that class itself reads clocks, and can't be replayed.
 *
 * @param failureRate percent of failed calls that open it
 * @param slowRate percent of slow calls that open it
 * @param slowCall a check that took so long was slow
 * @param window last calls that it goes by
 * @param minimumCalls with fewer it stays closed
 * @param waitInOpen from opening to the first calls that are let through again
 * @param halfOpenCalls after so many of those it closes, or opens again
 * @param ejectionShare the share of a service's instances that may be out at once
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

    /** The calls that it goes by: in a closed one those of the window, in a half-open one those since it is so. */
    public Tally tally(BreakerState present, CallWindow callWindow) {
        // As of one reporter less than half a window counts, a half-open one takes a window in which what it waits for
        // has room.
        int calling = present == BreakerState.HALF_OPEN ? Math.max(window, 2 * halfOpenCalls + 1) : window;
        return callWindow.tally(calling, slowClass());
    }

    /** What it turns to; null if it stays as it is. An open one turns by time alone. */
    public @Nullable BreakerState turn(BreakerState present, Tally tally) {
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
     * Whether one more of a service's instances may be taken out.
     *
     * @param broken how many others have a circuit that isn't closed
     */
    public boolean mayEject(int broken, int instances) {
        return broken + 1 <= ejectionShare * instances;
    }

    /** What speaks for or against the instance, in a sentence. */
    public String words(Tally tally) {
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

    /** The lowest latency class all of whose checks were slow: those of class n took 2^(n-1) milliseconds at least. */
    private int slowClass() {
        return 65 - Long.numberOfLeadingZeros(slowCall.toMillis() - 1);
    }
}
