/**
 * Computes when leases expire and how many may expire at once. The classes read no clock and do no I/O; the shard
 * passes the current time of the lease clock.
 * <pre>{@code
 * heartbeat --ttl--> expiresAt --grace period--> removeAt --revive window--> forgotten
 *                        |
 *                ExpiryCapPolicy: too many silent at once -> overdue, until silenceFactor * ttl
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.command.lease;

import org.jspecify.annotations.NullMarked;
