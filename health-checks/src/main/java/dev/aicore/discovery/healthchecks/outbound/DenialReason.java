package dev.aicore.discovery.healthchecks.outbound;

import java.util.Locale;

/** Why a target may not be reached. */
public enum DenialReason {
    /** Neither an address in its usual form nor a host name. */
    SPELLING,
    UNSPECIFIED,
    LINK_LOCAL,
    MULTICAST,
    BROADCAST,
    /** Where clouds tell machines their credentials. */
    METADATA,
    /** The registry's own port, or that of one of its stores. */
    OWN_ENDPOINT,
    /** In a range of the setting {@code outbound.deny}. */
    DENIED_RANGE,
    /** In none of the ranges of the setting {@code outbound.allow}. */
    NOT_ALLOWED,
    /** This machine, outside the development environment. */
    LOOPBACK;

    /** As it is shown, such as {@code link_local}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
