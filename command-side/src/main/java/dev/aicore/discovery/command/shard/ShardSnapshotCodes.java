package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.api.instance.HealthState;

/**
 * Maps enum constants to the bytes that snapshots contain; the bytes must never change. An unknown byte causes an
 * {@link IllegalArgumentException}.
 */
final class ShardSnapshotCodes {

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
            default -> throw new IllegalArgumentException("A declared status of code " + code + ".");
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
            default -> throw new IllegalArgumentException("A circuit breaker of code " + code + ".");
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
            default -> throw new IllegalArgumentException("A health of code " + code + ".");
        };
    }
}
