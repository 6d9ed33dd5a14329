package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.instance.Health;

/**
 * How many results in a row turn an instance's health. A streak counts them: passes are positive, failures negative.
 *
 * @param failureThreshold consecutive failures that make it unhealthy, at least 1
 * @param successThreshold consecutive passes that make it healthy, at least 1
 */
public record HealthPolicy(int failureThreshold, int successThreshold) {

    /** Without a declared check, what the instance says of itself counts at once. */
    public static final HealthPolicy AT_ONCE = new HealthPolicy(1, 1);

    private static final int LONGEST = 1_000_000;

    /** The streak after one more result. */
    public static int next(int streak, boolean passed) {
        return passed ? Math.min(Math.max(streak, 0) + 1, LONGEST) : Math.max(Math.min(streak, 0) - 1, -LONGEST);
    }

    /** The health that this streak makes of the present one. */
    public Health decide(Health present, int streak) {
        if (streak >= successThreshold) {
            return Health.HEALTHY;
        }
        return -streak >= failureThreshold ? Health.UNHEALTHY : present;
    }
}
