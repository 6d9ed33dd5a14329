/**
 * Decides the health and the circuit breaker state of an instance. The classes are immutable values without clock or
 * I/O, so that a shard's decisions can be replayed. Streaks and recent results determine the health; the call window
 * determines the circuit breaker.
 * <pre>{@code
 * check result, heartbeat -> Streaks ---------> HealthPolicy -> HealthState -> HealthTransitions -> DampingPolicy
 * check result, report ----> CallWindow.Tally -> BreakerPolicy -> BreakerState
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.health;

import org.jspecify.annotations.NullMarked;
