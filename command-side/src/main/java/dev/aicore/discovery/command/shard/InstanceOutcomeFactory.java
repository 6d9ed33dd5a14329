package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Change;
import java.time.Instant;

/** How an instance stands once an item is settled, what was heard of it earlier in the batch included. */
final class InstanceOutcomeFactory {

    private InstanceOutcomeFactory() {}

    static Outcome of(BatchDecider batchDecider, Instance instance, Declaration declaration, Change change) {
        boolean heard = batchDecider.hasPendingRenewal(instance);
        var expiryDecider = new ExpiryDecider(batchDecider);
        return new Outcome.Stored(
                change,
                instance.owner,
                instance.version,
                declaration,
                instance.state(),
                Instant.ofEpochMilli(instance.registeredAt),
                Instant.ofEpochMilli(instance.changedAt),
                Instant.ofEpochMilli(heard ? Math.max(batchDecider.now, instance.renewedAt) : instance.renewedAt),
                heard ? expiryDecider.leaseIfRenewed(instance) : expiryDecider.leaseOf(instance));
    }
}
