package dev.aicore.discovery.api.health;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Declares how the health of an instance is checked.
 *
 * @param checkType {@code http}, {@code tcp}, {@code grpc}, {@code script}, {@value #TTL}, {@value #NONE} or
 *     {@value #COMPOSITE}
 * @param interval seconds between two checks
 * @param timeout seconds after which a running check fails
 * @param failureThreshold consecutive failures that make a healthy instance unhealthy
 * @param successThreshold consecutive passes that make an unhealthy instance healthy
 * @param config settings of the check's type as JSON values, ordered by name
 */
public record HealthCheck(
        String checkType,
        int interval,
        int timeout,
        int failureThreshold,
        int successThreshold,
        Map<String, Object> config) {

    /** Type of a check whose results the instance reports itself. */
    public static final String TTL = "ttl";

    /** Type of several checks, which the setting {@value CompositeCheck#CHECKS} contains. */
    public static final String COMPOSITE = "composite";

    /** Type of an instance without check and without lease: it stays healthy until it is deregistered. */
    public static final String NONE = "none";

    /** Name of the setting for {@link #deregisterAfter()}. */
    public static final String DEREGISTER_AFTER = "deregister_after";

    public HealthCheck {
        config = Collections.unmodifiableMap(new TreeMap<>(config));
    }

    /**
     * Returns the seconds within which two checks end, even if each check takes until its timeout: twice the interval
     * plus the timeout.
     */
    public int maxSecondsForTwoChecks() {
        return 2 * interval + timeout;
    }

    /** Returns true if the registry probes the instance by this check; false for a composite, whatever it contains. */
    public boolean checksActively() {
        return !checkType.equals(TTL) && !checkType.equals(NONE) && !hasComponents();
    }

    /** Returns true if this stands for several checks. */
    public boolean hasComponents() {
        return checkType.equals(COMPOSITE);
    }

    /** Returns a copy with other checks of a composite. */
    public HealthCheck withComponents(CompositeCheck composite) {
        var newConfig = new TreeMap<>(config);
        newConfig.put(CompositeCheck.CHECKS, composite.toConfig());
        return new HealthCheck(checkType, interval, timeout, failureThreshold, successThreshold, newConfig);
    }

    /**
     * Returns the seconds for which the instance stays listed while it is unhealthy or expired; 0 for no limit; empty
     * if the registry's settings apply.
     */
    public OptionalInt deregisterAfter() {
        return config.get(DEREGISTER_AFTER) instanceof Number seconds
                ? OptionalInt.of(seconds.intValue())
                : OptionalInt.empty();
    }
}
