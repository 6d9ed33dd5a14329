package dev.aicore.discovery.api.instance;

import java.util.Locale;

/**
 * What the four independent states of a present instance come to, in one word. Every one of them is listed: an instance that
 * is not has gone, and has no status.
 */
public enum Status {
    HEALTHY(Discovered.ALWAYS),
    UNHEALTHY(Discovered.IF_UNHEALTHY_WANTED),
    STARTING(Discovered.IF_UNHEALTHY_WANTED),
    EXPIRED(Discovered.NEVER),
    MAINTENANCE(Discovered.NEVER),
    DRAINING(Discovered.NEVER),
    EJECTED(Discovered.IF_UNHEALTHY_WANTED);

    private enum Discovered {
        ALWAYS,
        IF_UNHEALTHY_WANTED,
        NEVER
    }

    private final Discovered discovered;

    Status(Discovered discovered) {
        this.discovered = discovered;
    }

    /** The first that applies of declared, lease, health, breaker; else healthy. */
    public static Status of(Declared declared, LeaseState lease, Health health, Breaker breaker) {
        return switch (declared) {
            case MAINTENANCE -> MAINTENANCE;
            case DRAINING -> DRAINING;
            case ACTIVE ->
                switch (lease) {
                    case EXPIRED -> EXPIRED;
                    case LIVE, OVERDUE -> ofLiving(health, breaker);
                };
        };
    }

    private static Status ofLiving(Health health, Breaker breaker) {
        return switch (health) {
            case UNHEALTHY -> UNHEALTHY;
            case STARTING -> STARTING;
            case HEALTHY -> breaker == Breaker.OPEN ? EJECTED : HEALTHY;
        };
    }

    /**
     * Whether discovery answers such an instance.
     *
     * @param unhealthyToo whether the caller asked for those that are not well
     */
    public boolean isDiscovered(boolean unhealthyToo) {
        return switch (discovered) {
            case ALWAYS -> true;
            case IF_UNHEALTHY_WANTED -> unhealthyToo;
            case NEVER -> false;
        };
    }

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
