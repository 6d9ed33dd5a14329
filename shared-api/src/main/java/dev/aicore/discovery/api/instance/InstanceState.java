package dev.aicore.discovery.api.instance;

/** The four things that say independently of each other how an instance is. */
public record InstanceState(AdminState declared, LeaseState lease, HealthState health, BreakerState breaker) {

    /** They in one word. */
    public InstanceStatus status() {
        return InstanceStatus.of(declared, lease, health, breaker);
    }
}
