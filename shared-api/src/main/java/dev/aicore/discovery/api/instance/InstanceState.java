package dev.aicore.discovery.api.instance;

/** The four things that say independently of each other how an instance is. */
public record InstanceState(Declared declared, LeaseState lease, Health health, Breaker breaker) {

    /** They in one word. */
    public Status status() {
        return Status.of(declared, lease, health, breaker);
    }
}
