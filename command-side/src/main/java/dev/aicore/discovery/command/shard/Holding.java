package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Change;
import java.time.Instant;

/** How an instance stands once an item is settled, what was heard of it earlier in the batch included. */
final class Holding {

    private Holding() {}

    static Outcome of(Decision decision, Instance instance, Declaration declaration, Change change) {
        boolean heard = decision.isAboutToBeRenewed(instance);
        var expiry = new Expiry(decision);
        return new Outcome.Held(
                change,
                instance.owner,
                instance.version,
                declaration,
                instance.state(),
                Instant.ofEpochMilli(instance.registeredAt),
                Instant.ofEpochMilli(instance.changedAt),
                Instant.ofEpochMilli(heard ? Math.max(decision.now, instance.renewedAt) : instance.renewedAt),
                heard ? expiry.leaseIfRenewed(instance) : expiry.leaseOf(instance));
    }
}
