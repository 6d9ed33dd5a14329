package dev.aicore.discovery.api.instance;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an instance's health is to be found out.
 *
 * @param checkType {@code http}, {@code tcp}, {@code grpc}, {@code script} or {@code ttl}
 * @param interval seconds between two checks
 * @param timeout seconds after which a check has failed
 * @param failureThreshold consecutive failures that make a healthy instance unhealthy
 * @param successThreshold consecutive passes that make an unhealthy instance healthy
 * @param config the settings of that type of check, as JSON values, ordered by name
 */
public record HealthCheck(
        String checkType,
        int interval,
        int timeout,
        int failureThreshold,
        int successThreshold,
        Map<String, Object> config) {

    public HealthCheck {
        config = Collections.unmodifiableMap(new TreeMap<>(config));
    }

    /** The seconds in which two checks have ended, however late each is. */
    public int twoWithin() {
        return 2 * interval + timeout;
    }

    /** Whether the registry goes and looks, rather than waiting to be told. */
    public boolean checksActively() {
        return !checkType.equals("ttl");
    }
}
