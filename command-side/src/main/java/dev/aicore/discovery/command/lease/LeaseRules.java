package dev.aicore.discovery.command.lease;

import java.time.Duration;

/**
 * The settings that leases are decided by. Facts say what was decided, so replaying them needs none of these.
 *
 * @param gracePeriod how long an expired instance stays listed before it is removed
 * @param reviveWindow how long after its removal a heartbeat brings it back
 * @param deregisterAfter how long one without a lease may be unhealthy before it is removed
 * @param checksRenew whether a passed active check counts as a heartbeat
 */
public record LeaseRules(Duration gracePeriod, Duration reviveWindow, Duration deregisterAfter, boolean checksRenew) {}
