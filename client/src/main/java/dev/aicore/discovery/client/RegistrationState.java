package dev.aicore.discovery.client;

/** State of a registration. */
public enum RegistrationState {
    /** Not registered yet, or not known to the registry any more; retried until it works. */
    PENDING,
    /** Registered, and its heartbeats are answered. */
    REGISTERED,
    /** Registered, and finishing its calls: it gets no new ones. */
    DRAINING,
    /** Refused by the registry, such as an id of another principal, or deregistered by an operator. Not retried. */
    REFUSED,
    /** Deregistered by {@link Registration#leave}. */
    LEFT
}
