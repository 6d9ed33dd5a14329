package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;

/** The bytes by which a snapshot knows words, for ever. What stands for none is an {@link IllegalArgumentException}. */
final class SnapshotCodes {

    private SnapshotCodes() {}

    static byte code(Declared declared) {
        return switch (declared) {
            case ACTIVE -> 0;
            case MAINTENANCE -> 1;
            case DRAINING -> 2;
        };
    }

    static Declared declared(byte code) {
        return switch (code) {
            case 0 -> Declared.ACTIVE;
            case 1 -> Declared.MAINTENANCE;
            case 2 -> Declared.DRAINING;
            default -> throw new IllegalArgumentException("A declared status of code " + code + ".");
        };
    }

    static byte code(Breaker breaker) {
        return switch (breaker) {
            case CLOSED -> 0;
            case OPEN -> 1;
            case HALF_OPEN -> 2;
        };
    }

    static Breaker breaker(byte code) {
        return switch (code) {
            case 0 -> Breaker.CLOSED;
            case 1 -> Breaker.OPEN;
            case 2 -> Breaker.HALF_OPEN;
            default -> throw new IllegalArgumentException("A circuit breaker of code " + code + ".");
        };
    }

    static byte code(Health health) {
        return switch (health) {
            case STARTING -> 0;
            case HEALTHY -> 1;
            case UNHEALTHY -> 2;
        };
    }

    static Health health(byte code) {
        return switch (code) {
            case 0 -> Health.STARTING;
            case 1 -> Health.HEALTHY;
            case 2 -> Health.UNHEALTHY;
            default -> throw new IllegalArgumentException("A health of code " + code + ".");
        };
    }
}
