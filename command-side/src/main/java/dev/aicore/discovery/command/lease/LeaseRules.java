package dev.aicore.discovery.command.lease;

import java.time.Duration;

/**
 * Settings of lease decisions. Events contain what was decided, so replaying them needs no settings.
 *
 * @param gracePeriod time from the expiry of an instance to its removal; the instance stays listed
 * @param reviveWindow time after its removal in which a heartbeat revives an instance
 * @param deregisterAfter time after which an unhealthy instance without lease is removed
 * @param checksRenew true if a passed active check counts as a heartbeat
 */
public record LeaseRules(Duration gracePeriod, Duration reviveWindow, Duration deregisterAfter, boolean checksRenew) {}
