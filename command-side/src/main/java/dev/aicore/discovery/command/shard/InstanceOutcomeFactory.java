package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Change;
import java.time.Instant;

/** Creates the outcome that contains an instance's state, including pending observations of the batch. */
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
