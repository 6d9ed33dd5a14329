package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceTag;
import dev.aicore.discovery.command.health.HealthPolicy;
import dev.aicore.discovery.command.lease.LeaseRules;
import java.time.Instant;

/** What a shard keeps of one instance. A million of them must fit: the declaration is kept as its JSON. */
final class Instance {

    final String id;
    final String service;
    final String owner;
    final long registeredAt;

    int slot;
    int version;
    byte[] declaration;
    Declared declared = Declared.ACTIVE;
    private int ttl;
    private int checkedWithin;
    HealthPolicy healthPolicy;
    Health health;

    /** Whether the registry is to check it, if there is a check. */
    boolean monitored = true;

    int streak;
    long renewedAt;

    /** When a fact last changed anything about it. */
    long changedAt;

    /** When it will be removed; 0 while its lease is live. */
    long removeAt;

    /** The run that holds an observation of it which isn't applied yet. Not part of the state. */
    long pendingIn;

    /** Whether one of them renews it; only means something while that run is the present one. Not part of the state. */
    boolean renewalPending;

    /** Whether one of them is a result, so that its streak isn't known yet; likewise. */
    boolean resultPending;

    Instance(String id, String service, String owner, long registeredAt, StoredDeclaration declared, Health health) {
        this.id = id;
        this.service = service;
        this.owner = owner;
        this.registeredAt = registeredAt;
        this.health = health;
        this.version = 1;
        say(declared);
        this.renewedAt = registeredAt;
        this.changedAt = registeredAt;
    }

    /** The entity tag of what is declared about it. */
    String tag() {
        return InstanceTag.of(Instant.ofEpochMilli(registeredAt), version);
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

    void declare(int version, StoredDeclaration said, Declared declared) {
        this.version = version;
        say(said);
        this.declared = declared;
    }

    private void say(StoredDeclaration said) {
        declaration = said.json();
        ttl = said.ttl();
        checkedWithin = said.checkedWithin();
        healthPolicy = said.healthPolicy();
    }

    void renew(long at) {
        renewedAt = Math.max(renewedAt, at);
    }
}
