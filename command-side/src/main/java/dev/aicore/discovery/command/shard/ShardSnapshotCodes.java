package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;

/**
 * Defines the revisions and codes that snapshots contain, and maps enum constants to codes. The codes must never
 * change. An unknown code causes an {@link IllegalArgumentException}.
 */
final class ShardSnapshotCodes {

    /** Revision of the layout, increased with each change. A snapshot of an unknown revision is ignored. */
    static final int REVISION = 5;

    /** Revision without admin state and time of the last change: instances were always active. */
    static final int WITHOUT_ADMIN_STATE = 1;

    /** Revision without active checks: no check results, circuit breakers or self-preservation. */
    static final int WITHOUT_CHECKS = 2;

    /** Revision with one streak per instance: a pass of either source reset the failures of both. */
    static final int WITH_ONE_STREAK = 3;

    /** Revision without the time for which an unhealthy instance stays listed: the settings always applied. */
    static final int WITHOUT_DEREGISTER_AFTER = 4;

    static final byte DEREGISTERED = 0;
    static final byte REMOVED = 1;

    static final int MONITORED = 1;
    static final int OVERDUE = 2;
    static final int MIN_BYTES_OF_INSTANCE = 13;

    private ShardSnapshotCodes() {}

    static byte code(AdminState adminState) {
        return switch (adminState) {
            case ACTIVE -> 0;
            case MAINTENANCE -> 1;
            case DRAINING -> 2;
        };
    }

    static AdminState adminState(byte code) {
        return switch (code) {
            case 0 -> AdminState.ACTIVE;
            case 1 -> AdminState.MAINTENANCE;
            case 2 -> AdminState.DRAINING;
            default -> throw new IllegalArgumentException("Unknown code of an admin state: " + code);
        };
    }

    static byte code(BreakerState breakerState) {
        return switch (breakerState) {
            case CLOSED -> 0;
            case OPEN -> 1;
            case HALF_OPEN -> 2;
        };
    }

    static BreakerState breaker(byte code) {
        return switch (code) {
            case 0 -> BreakerState.CLOSED;
            case 1 -> BreakerState.OPEN;
            case 2 -> BreakerState.HALF_OPEN;
            default -> throw new IllegalArgumentException("Unknown code of a circuit breaker state: " + code);
        };
    }

    static byte code(HealthState healthState) {
        return switch (healthState) {
            case STARTING -> 0;
            case HEALTHY -> 1;
            case UNHEALTHY -> 2;
        };
    }

    static HealthState health(byte code) {
        return switch (code) {
            case 0 -> HealthState.STARTING;
            case 1 -> HealthState.HEALTHY;
            case 2 -> HealthState.UNHEALTHY;
            default -> throw new IllegalArgumentException("Unknown code of a health state: " + code);
        };
    }
}
