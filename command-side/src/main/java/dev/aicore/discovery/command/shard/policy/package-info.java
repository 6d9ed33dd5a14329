/**
 * Rules by which a shard decides leases, health and circuit breakers. The classes are immutable values without clock
 * or I/O, so that decisions can be replayed; the shard passes the current time of the lease clock.
 *
 * <p>The lease policies compute when leases expire and how many may expire at once. Streaks and recent results
 * determine the health; the call window determines the circuit breaker.
 * <pre>{@code
 * heartbeat --ttl--> expiresAt --grace period--> removeAt --revive window--> forgotten
 *                        |
 *                ExpiryCapPolicy: too many silent at once -> overdue, until silenceFactor * ttl
 *
 * check result, heartbeat -> Streaks ---------> HealthPolicy -> HealthState -> HealthTransitions -> DampingPolicy
 * check result, report ----> CallWindow.Tally -> BreakerPolicy -> BreakerState
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.shard.policy;

import org.jspecify.annotations.NullMarked;
