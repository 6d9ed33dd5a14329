package dev.aicore.discovery.access;

import java.util.Locale;
import org.springframework.http.HttpMethod;

/**
 * Permission of a caller. Each route requires exactly one. The permission also states which of its routes write to the
 * event store: only the owner of the store can answer those.
 */
public enum Permission {
    /** Allows reading whether the process is alive. Granted to every caller. */
    HEALTH_READ,
    /** Allows loading the files of the web UI, which contain no data, and signing in. Granted to every caller. */
    UI_READ(StoreWrites.NONE),
    /** Allows reading the state of the node, its metrics, and the description of the API. */
    STATUS_READ,
    /** Allows reading instances, discovery, statistics and their history. */
    REGISTRY_READ,
    CONFIGURATION_READ,
    /** Allows exchanging a key for a token, which writes nothing to the store, and ending sessions, which does. */
    TOKEN_ISSUE(StoreWrites.DELETIONS),
    /** Allows registering, changing and deregistering own instances. */
    INSTANCE_WRITE,
    /** Allows heartbeats of own instances. */
    INSTANCE_RENEW,
    /** Allows reporting the results of calls to instances. */
    OUTCOME_REPORT,
    /** Allows checking an instance now, and starting and stopping its checks. */
    CHECK_CONTROL,
    /** Allows reading the answers of check targets and their latency; other callers get only the class of a failure. */
    CHECK_DETAIL,
    CONFIGURATION_WRITE,
    STATISTICS_RESET,
    /** Allows reading the audit of all services. */
    AUDIT_READ,
    /** Allows restoring instances that others owned. */
    INSTANCE_RESTORE,
    /** Allows reading the denied requests. */
    DENIAL_READ,
    PROJECTION_ADMIN,
    /** Allows dropping old observations. */
    RETENTION_ADMIN,
    /** Allows reading, pausing and resuming the bridges to other registries. */
    BRIDGE_ADMIN,
    /** Allows reading settings, threads and the log of a process, without secrets. */
    DIAGNOSTICS_READ,
    /** Allows reading and changing the levels of a process's loggers. Such a change writes nothing to the store. */
    LOG_ADMIN(StoreWrites.NONE),
    KEY_ADMIN;

    private final StoreWrites writes;

    /** Creates a permission whose routes write to the store, unless they are reads. */
    Permission() {
        this(StoreWrites.CHANGES);
    }

    Permission(StoreWrites writes) {
        this.writes = writes;
    }

    /** Returns true if a route of this permission with the given method writes to the event store. */
    boolean isWrite(HttpMethod method) {
        return switch (writes) {
            case CHANGES -> !method.equals(HttpMethod.GET);
            case DELETIONS -> method.equals(HttpMethod.DELETE);
            case NONE -> false;
        };
    }

    /** Returns the name that problems show, such as {@code instance.write}. */
    String displayName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Routes of a permission that write to the event store. */
    private enum StoreWrites {
        /** All routes that aren't reads. */
        CHANGES,
        DELETIONS,
        NONE
    }
}
