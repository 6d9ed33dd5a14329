package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceETag;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.command.shard.policy.CallWindow;
import dev.aicore.discovery.command.shard.policy.DampingPolicy;
import dev.aicore.discovery.command.shard.policy.HealthPolicy;
import dev.aicore.discovery.command.shard.policy.HealthTransitions;
import dev.aicore.discovery.command.shard.policy.LeaseDeadlines.LeaseRules;
import dev.aicore.discovery.command.shard.policy.RecentCheckResults;
import dev.aicore.discovery.command.shard.policy.Streaks;
import java.time.Instant;

/**
 * State of one instance in its shard. A million instances must fit into memory, so the declaration is stored as JSON
 * bytes.
 */
final class Instance {

    /**
     * Approximate bytes of an instance besides its id and declaration, including what is stored outside of the shard.
     */
    private static final long OVERHEAD_BYTES = 256;

    /** Number of copies of a declaration: the second exists while its shard is written to a snapshot or loaded. */
    private static final long COPIES = 2;

    final String id;
    final String service;
    final long registeredAt;

    String owner;
    int slot;
    int version;
    byte[] declaration;
    AdminState adminState = AdminState.ACTIVE;
    private int ttl;
    private int checkedWithin;
    private HealthPolicy healthPolicy = HealthPolicy.IMMEDIATE;
    private int deregisterAfter;
    HealthState healthState;

    /** True if the registry is to check the instance, provided that it has an active check. */
    boolean monitored = true;

    Streaks streaks = Streaks.NONE;

    /** Time of the last change of health, registration, revival, or stop or start of checks; epoch milliseconds. */
    long healthAt;

    /** Number of consecutive passes that make the instance healthy, if more than its check declares; else 0. */
    int passesNeeded;

    HealthTransitions healthTransitions = HealthTransitions.NONE;
    RecentCheckResults recentCheckResults = RecentCheckResults.NONE;

    BreakerState breakerState = BreakerState.CLOSED;

    /** Time at which an open circuit breaker permits trial calls, epoch milliseconds. */
    long retryAt;

    /** Calls that the circuit breaker evaluates. */
    CallWindow callWindow = CallWindow.NONE;

    long renewedAt;

    /** Time of the last fact that changed the instance, epoch milliseconds. */
    long changedAt;

    /** True if the lease has run out and self-preservation holds back the expiry. */
    boolean overdue;

    /** Time of removal, epoch milliseconds; 0 unless the lease has expired. */
    long removeAt;

    /** Number of the run of observations that contains a pending one of this instance. Not part of the state. */
    long pendingIn;

    /**
     * True if a pending observation renews the instance; valid only while {@link #pendingIn} is the present run. Not
     * part of the state.
     */
    boolean renewalPending;

    /**
     * True if a pending observation counts for health or circuit breaker, so that their state is not current; valid
     * only while {@link #pendingIn} is the present run. Not part of the state.
     */
    boolean countPending;

    Instance(
            String id,
            String service,
            String owner,
            long registeredAt,
            StoredDeclaration storedDeclaration,
            HealthState healthState) {
        this.id = id;
        this.service = service;
        this.owner = owner;
        this.registeredAt = registeredAt;
        this.healthState = healthState;
        this.version = 1;
        setDeclaration(storedDeclaration);
        this.renewedAt = registeredAt;
        this.changedAt = registeredAt;
        this.healthAt = registeredAt;
    }

    /** Returns the bytes of the instance for quotas, which is its approximate size on the heap. */
    long bytes() {
        return bytes(id, declaration);
    }

    /** Returns the bytes of an instance with an id and a declaration. */
    static long bytes(String id, byte[] declaration) {
        return OVERHEAD_BYTES + id.length() + COPIES * declaration.length;
    }

    /** Returns the entity tag of the declaration. */
    String tag() {
        return InstanceETag.of(Instant.ofEpochMilli(registeredAt), version);
    }

    /** Returns true if an active check is declared, whether its execution was stopped or not. */
    boolean isCheckedActively() {
        return checkedWithin > 0;
    }

    /** Returns true if several checks are declared, whose statuses decide the health. */
    boolean hasCompositeCheck() {
        return healthPolicy.equals(HealthPolicy.NEVER);
    }

    /** Returns the TTL of the granted lease in seconds; 0 for no lease. */
    int ttl(LeaseRules rules) {
        return rules.checksRenew() && ttl > 0 ? Math.max(ttl, checkedWithin) : ttl;
    }

    /**
     * Returns the seconds for which the instance stays listed while it is unhealthy or expired; 0 for no limit;
     * {@link StoredDeclaration#DEFAULT_DEREGISTER_AFTER} if the settings apply.
     */
    int deregisterAfter() {
        return deregisterAfter;
    }

    /** Returns the declaration with the values that decisions need, so that the JSON need not be parsed. */
    StoredDeclaration storedDeclaration() {
        return new StoredDeclaration(declaration, ttl, checkedWithin, healthPolicy, deregisterAfter);
    }

    boolean isExpired() {
        return removeAt != 0;
    }

    /** Returns true if the instance counts as alive only after its next heartbeat or passed check. */
    boolean isSilent() {
        return overdue || isExpired();
    }

    LeaseState lease() {
        return isExpired() ? LeaseState.EXPIRED : overdue ? LeaseState.OVERDUE : LeaseState.LIVE;
    }

    /** Returns all states of the instance. */
    InstanceState state() {
        return new InstanceState(adminState, lease(), healthState, breakerState);
    }

    /** Returns the thresholds that apply now; a flapping instance needs more passes than declared. */
    HealthPolicy healthPolicy() {
        return passesNeeded == 0 ? healthPolicy : new HealthPolicy(healthPolicy.failureThreshold(), passesNeeded);
    }

    void declare(int version, StoredDeclaration declaration, AdminState adminState) {
        this.version = version;
        setDeclaration(declaration);
        this.adminState = adminState;
    }

    private void setDeclaration(StoredDeclaration storedDeclaration) {
        declaration = storedDeclaration.json();
        ttl = storedDeclaration.ttl();
        checkedWithin = storedDeclaration.checkedWithin();
        healthPolicy = storedDeclaration.healthPolicy();
        deregisterAfter = storedDeclaration.deregisterAfter();
    }

    /**
     * Returns the number of consecutive passes that the instance needs if it becomes unhealthy now; 0 if the declared
     * threshold applies.
     */
    int passesNeeded(DampingPolicy damping, long now) {
        return damping.passesNeeded(healthPolicy, healthTransitions, now);
    }

    void changeHealth(HealthState to, int passesNeeded, long at) {
        healthState = to;
        this.passesNeeded = passesNeeded;
        healthAt = at;
        healthTransitions = healthTransitions.and(at);
    }

    /**
     * Resets the failures that heartbeats reported, if the instance is checked actively: a heartbeat without health no
     * longer confirms them.
     */
    void recordPassingHeartbeat() {
        if (isCheckedActively()) {
            streaks = streaks.withoutComplaint();
        }
    }

    void renew(long at) {
        renewedAt = Math.max(renewedAt, at);
    }
}
