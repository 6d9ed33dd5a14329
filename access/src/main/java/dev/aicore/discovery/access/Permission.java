package dev.aicore.discovery.access;

import java.util.Locale;

/** What can be allowed. Each route asks for exactly one. */
public enum Permission {
    /** Whether the process lives. Everybody may know. */
    HEALTH_READ,
    /** The state of the node, its metrics, and the description of the API. */
    STATUS_READ,
    /** Instances, discovery, statistics and their history. */
    REGISTRY_READ,
    CONFIGURATION_READ,
    /** Trading a key for a token. */
    TOKEN_ISSUE,
    /** Registering, changing and deregistering what one owns. */
    INSTANCE_WRITE,
    /** Heartbeats of what one owns. */
    INSTANCE_RENEW,
    /** Telling how calls to instances went. */
    OUTCOME_REPORT,
    /** Having instances checked now, and starting and stopping their checks. */
    CHECK_CONTROL,
    /** What targets of checks answered, and how fast: others are told the class of a failure alone. */
    CHECK_DETAIL,
    CONFIGURATION_WRITE,
    STATISTICS_RESET,
    /** Who did what, of all services. */
    AUDIT_READ,
    /** Bringing back what belonged to others. */
    INSTANCE_RESTORE,
    /** Who was not let in. */
    DENIAL_READ,
    PROJECTION_ADMIN,
    /** Having observations dropped that are old. */
    RETENTION_ADMIN,
    KEY_ADMIN;

    /** As problems name it, such as {@code instance.write}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
