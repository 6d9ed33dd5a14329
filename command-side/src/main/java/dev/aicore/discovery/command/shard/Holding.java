package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Change;
import java.time.Instant;

/** How an instance stands once an item is settled, what was heard of it earlier in the batch included. */
final class Holding {

    private Holding() {}

    static Outcome of(Decision decision, Instance instance, Declaration declaration, Change change) {
        boolean heard = decision.isAboutToBeRenewed(instance);
        var expiry = new Expiry(decision);
        var lease = expiry.lease(instance.id);
        long due = heard ? Math.max(lease.dueAt(), expiry.dueIfRenewed(instance)) : lease.dueAt();
        var phase = instance.isExpired() ? LeaseState.EXPIRED : LeaseState.LIVE;
        return new Outcome.Held(
                change,
                instance.owner,
                instance.version,
                declaration,
                new InstanceState(instance.declared, phase, instance.health, Breaker.CLOSED),
                Instant.ofEpochMilli(instance.registeredAt),
                Instant.ofEpochMilli(instance.changedAt),
                Instant.ofEpochMilli(heard ? Math.max(decision.now, instance.renewedAt) : instance.renewedAt),
                new Lease(lease.id(), lease.slot(), lease.phase(), due));
    }
}
