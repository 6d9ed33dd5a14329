package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.ListeningHistory;
import java.time.Instant;

/**
 * Everything that a decision may depend on besides its command. Deciders read it and change nothing.
 *
 * @param shard name of the shard
 * @param state state with all events up to the present step
 * @param pending observations of the batch that the state does not contain yet
 * @param now time of the decision, epoch milliseconds
 */
record DecisionContext(
        String shard,
        ShardState state,
        PendingObservations pending,
        ShardPolicies policies,
        DeclarationMerger declarationMerger,
        ListeningHistory listeningHistory,
        long now) {

    Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    /**
     * Returns true if this batch has a pending renewal of the instance. The renewal came first, so its lease can't have
     * expired.
     */
    boolean hasPendingRenewal(Instance instance) {
        return pending.renews(instance);
    }
}
