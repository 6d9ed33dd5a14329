package dev.aicore.discovery.balancing;

/** Instance as the rules of load balancing see it. */
public interface BalancedInstance {

    String id();

    /** Returns the share of calls in relation to other instances; 0 if it gets none. */
    int weight();

    /** Returns the zone; empty if it has none. */
    String zone();

    BalancingStatus status();

    /** Returns true if its lease is overdue: silent for its whole lease, but protected from expiry. */
    boolean isOverdue();

    /** Returns true if its circuit breaker is half-open, so that it receives only few calls. */
    boolean isOnTrial();
}
