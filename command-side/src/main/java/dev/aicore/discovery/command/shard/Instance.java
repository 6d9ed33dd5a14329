package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.command.health.HealthPolicy;

/** What a shard keeps of one instance. A million of them must fit: the declaration is kept as its JSON. */
final class Instance {

    final String id;
    final String service;
    final String owner;
    final long registeredAt;

    int slot;
    int version;
    byte[] declaration;
    int ttl;
    HealthPolicy healthPolicy;
    Health health;
    int streak;
    long renewedAt;

    /** When it will be removed; 0 while its lease is live. */
    long removeAt;

    /** The run that holds an observation of it which isn't applied yet. Not part of the state. */
    long pendingIn;

    /** Whether one of them renews it; only means something while that run is the present one. Not part of the state. */
    boolean renewalPending;

    Instance(String id, String service, String owner, long registeredAt, StoredDeclaration declared, Health health) {
        this.id = id;
        this.service = service;
        this.owner = owner;
        this.registeredAt = registeredAt;
        this.health = health;
        this.declaration = declared.json();
        this.ttl = declared.ttl();
        this.healthPolicy = declared.healthPolicy();
        this.version = 1;
        this.renewedAt = registeredAt;
    }

    boolean isExpired() {
        return removeAt != 0;
    }

    void declare(int version, StoredDeclaration declared) {
        this.version = version;
        this.declaration = declared.json();
        this.ttl = declared.ttl();
        this.healthPolicy = declared.healthPolicy();
    }

    void renew(long at) {
        renewedAt = Math.max(renewedAt, at);
    }
}
