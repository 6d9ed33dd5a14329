package dev.aicore.discovery.healthchecks.outbound;

import java.util.Locale;

/** Reason why a target may not be connected to. */
public enum DenialReason {
    /** The host is neither an address in its usual form nor a host name. */
    SPELLING,
    UNSPECIFIED,
    LINK_LOCAL,
    MULTICAST,
    BROADCAST,
    /** The address is a cloud's metadata service, which gives credentials to machines. */
    METADATA,
    /** The target is a port of the registry itself or of one of its stores. */
    OWN_ENDPOINT,
    /** The address is in a range of the setting {@code outbound.deny}. */
    DENIED_RANGE,
    /** The address is in none of the ranges of the setting {@code outbound.allow}. */
    NOT_ALLOWED,
    /** The address is on this machine, and the environment isn't development. */
    LOOPBACK;

    /** Returns the reason as API responses and logs show it, such as {@code link_local}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
