package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.api.instance.HealthState;
import dev.aicore.discovery.api.instance.InstanceETag;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.command.health.CallWindow;
import dev.aicore.discovery.command.health.DampingPolicy;
import dev.aicore.discovery.command.health.HealthPolicy;
import dev.aicore.discovery.command.health.HealthTransitions;
import dev.aicore.discovery.command.health.RecentCheckResults;
import dev.aicore.discovery.command.health.Streaks;
import dev.aicore.discovery.command.lease.LeaseRules;
import java.time.Instant;

/** What a shard keeps of one instance. A million of them must fit: the declaration is kept as its JSON. */
final class Instance {

    /** What one takes beside its id and its declaration, what is kept outside of the shard included, about. */
    private static final long OVERHEAD_BYTES = 256;

    /** A declaration is in memory once more where its shard is written down or loaded. */
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
    HealthState healthState;

    /** Whether the registry is to check it, if there is a check. */
    boolean monitored = true;

    Streaks streaks = Streaks.NONE;

    /** When its health last turned, or it was registered or revived, or its checks were stopped or begun anew. */
    long healthAt;

    /** How many passes in a row bring it back, where that is more than its check declares; else 0. */
    int passesNeeded;

    HealthTransitions healthTransitions = HealthTransitions.NONE;
    RecentCheckResults recentCheckResults = RecentCheckResults.NONE;

    BreakerState breakerState = BreakerState.CLOSED;

    /** When an open circuit lets calls through again. */
    long retryAt;

    /** What the breaker goes by. */
    CallWindow callWindow = CallWindow.NONE;

    long renewedAt;

    /** When a fact last changed anything about it. */
    long changedAt;

    /** Whether it was silent for its whole lease, and is held back. */
    boolean overdue;

    /** When it will be removed; 0 until its lease has expired. */
    long removeAt;

    /** The run that holds an observation of it which isn't applied yet. Not part of the state. */
    long pendingIn;

    /** Whether one of them renews it; only means something while that run is the present one. Not part of the state. */
    boolean renewalPending;

    /** Whether one of them counts for its health or its circuit, so that how these stand isn't known yet; likewise. */
    boolean countPending;

    Instance(
            String id,
            String service,
            String owner,
            long registeredAt,
            StoredDeclaration declared,
            HealthState healthState) {
        this.id = id;
        this.service = service;
        this.owner = owner;
        this.registeredAt = registeredAt;
        this.healthState = healthState;
        this.version = 1;
        setDeclaration(declared);
        this.renewedAt = registeredAt;
        this.changedAt = registeredAt;
        this.healthAt = registeredAt;
    }

    /** Returns how many bytes it takes for quotas: about what it takes of the heap. */
    long bytes() {
        return bytes(id, declaration);
    }

    /** Returns how many one takes that is registered with that id and that declaration. */
    static long bytes(String id, byte[] declaration) {
        return OVERHEAD_BYTES + id.length() + COPIES * declaration.length;
    }

    /** The entity tag of what is declared about it. */
    String tag() {
        return InstanceETag.of(Instant.ofEpochMilli(registeredAt), version);
    }

    /** Whether the registry goes and looks how it is, unless that was stopped. */
    boolean isCheckedActively() {
        return checkedWithin > 0;
    }

    /** The lease that it is given, in seconds; 0 is none. */
    int ttl(LeaseRules rules) {
        return rules.checksRenew() && ttl > 0 ? Math.max(ttl, checkedWithin) : ttl;
    }

    /** What of its declaration decides is kept beside it, so that nothing need be parsed. */
    StoredDeclaration said() {
        return new StoredDeclaration(declaration, ttl, checkedWithin, healthPolicy);
    }

    boolean isExpired() {
        return removeAt != 0;
    }

    /** Whether it has to be heard to count as alive again. */
    boolean isSilent() {
        return overdue || isExpired();
    }

    LeaseState lease() {
        return isExpired() ? LeaseState.EXPIRED : overdue ? LeaseState.OVERDUE : LeaseState.LIVE;
    }

    /** How it is, with what is wanted of it. */
    InstanceState state() {
        return new InstanceState(adminState, lease(), healthState, breakerState);
    }

    /** What turns its health now: more than declared is asked of one that flaps. */
    HealthPolicy healthPolicy() {
        return passesNeeded == 0 ? healthPolicy : new HealthPolicy(healthPolicy.failureThreshold(), passesNeeded);
    }

    void declare(int version, StoredDeclaration declaration, AdminState adminState) {
        this.version = version;
        setDeclaration(declaration);
        this.adminState = adminState;
    }

    private void setDeclaration(StoredDeclaration said) {
        declaration = said.json();
        ttl = said.ttl();
        checkedWithin = said.checkedWithin();
        healthPolicy = said.healthPolicy();
    }

    /** How many passes in a row it needs to come back if it turns unhealthy now; 0 if those that are declared. */
    int passesNeeded(DampingPolicy damping, long now) {
        return damping.passesNeeded(healthPolicy, healthTransitions, now);
    }

    void turn(HealthState to, int passesNeeded, long at) {
        healthState = to;
        this.passesNeeded = passesNeeded;
        healthAt = at;
        healthTransitions = healthTransitions.and(at);
    }

    /** Where checks tell how it is, it isn't held to what it said until it says so again. */
    void recordPassingHeartbeat() {
        if (isCheckedActively()) {
            streaks = streaks.withoutComplaint();
        }
    }

    void renew(long at) {
        renewedAt = Math.max(renewedAt, at);
    }
}
