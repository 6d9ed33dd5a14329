package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.api.health.ComponentHealth;
import java.util.Collection;
import java.util.Locale;

/** Status of a check, in the order from good to bad. */
enum CheckStatus {
    PASSING(200),
    WARNING(429),
    CRITICAL(503);

    private final int httpStatus;

    CheckStatus(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** Returns the HTTP status of Consul's health endpoints of an agent. */
    int httpStatus() {
        return httpStatus;
    }

    /** Returns the name in JSON. */
    String jsonName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the status of one of several native checks. */
    static CheckStatus of(ComponentHealth status) {
        return switch (status) {
            case PASSING -> PASSING;
            case WARNING -> WARNING;
            case STARTING, CRITICAL -> CRITICAL;
        };
    }

    /** Returns the status of one of several native checks. */
    ComponentHealth toComponentHealth() {
        return ComponentHealth.valueOf(name());
    }

    /** Returns the worst status of checks; passing without checks. */
    static CheckStatus worst(Collection<ConsulCheck> checks) {
        return checks.stream()
                .map(ConsulCheck::status)
                .max(CheckStatus::compareTo)
                .orElse(PASSING);
    }
}
