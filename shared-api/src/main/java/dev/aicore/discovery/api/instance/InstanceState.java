package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.lease.LeaseState;

/** Combines the four independent states of an instance. */
public record InstanceState(AdminState declared, LeaseState lease, HealthState health, BreakerState breaker) {

    /** Returns the status that the four states result in. */
    public InstanceStatus status() {
        return InstanceStatus.of(declared, lease, health, breaker);
    }
}
