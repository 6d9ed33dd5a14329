package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.command.batching.CommandReply.BatchReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Renews many leases at once. Sends one command to each shard that has some of the ids, so that a failing shard affects
 * only the ids it holds.
 */
final class BatchRenewal {

    private final List<ShardBatcher> shards;
    private final LeaseIndex leases;
    private final Runnable requireOwnership;

    /** @param requireOwnership throws if another node may own the store; an id can't be called unknown then */
    BatchRenewal(List<ShardBatcher> shards, LeaseIndex leases, Runnable requireOwnership) {
        this.shards = shards;
        this.leases = leases;
        this.requireOwnership = requireOwnership;
    }

    /**
     * Renews leases. Never blocks and never fails: an error becomes the outcome of the ids it concerns.
     *
     * @param ids ids without duplicates
     * @param observedAt time of the heartbeats, epoch milliseconds
     * @return outcomes in the order of the ids, and the highest position of their events
     */
    CompletableFuture<BatchReply> renew(List<String> ids, long observedAt, EventMetadata metadata) {
        var outcomes = new Outcome[ids.size()];
        var parts = new HashMap<Integer, Part>();
        for (int i = 0; i < outcomes.length; i++) {
            var trackedLease = leases.find(ids.get(i));
            if (trackedLease == null) {
                outcomes[i] = unknown(ids.get(i));
            } else {
                parts.computeIfAbsent(trackedLease.shard, none -> new Part()).add(i, ids.get(i));
            }
        }
        var positions = new ArrayList<CompletableFuture<Long>>(parts.size());
        parts.forEach((shard, part) -> positions.add(shards.get(shard)
                .submit(new RenewLeases(part.ids, observedAt, metadata))
                .handle((commandReply, failure) -> part.complete(outcomes, commandReply, failure))));
        return CompletableFuture.allOf(positions.toArray(CompletableFuture[]::new))
                .thenApply(done -> new BatchReply(List.of(outcomes), maxPosition(positions)));
    }

    private Outcome unknown(String id) {
        try {
            requireOwnership.run();
        } catch (RuntimeException e) {
            return CommandErrors.toRefusal(e);
        }
        return OwnedShards.failedShardError(shards)
                .<Outcome>map(failed -> new Outcome.Refused(failed.code(), failed.detail()))
                .orElseGet(() -> Outcome.Refused.unknown(id));
    }

    private static long maxPosition(List<CompletableFuture<Long>> positions) {
        return positions.stream().mapToLong(CompletableFuture::join).max().orElse(0);
    }

    /** Ids of one shard, with their indexes in the request. */
    private static final class Part {

        private final List<String> ids = new ArrayList<>();
        private final List<Integer> indexes = new ArrayList<>();

        void add(int place, String id) {
            indexes.add(place);
            ids.add(id);
        }

        /**
         * Stores the outcomes of this part. Parts write disjoint indexes, so several threads may store outcomes
         * concurrently.
         *
         * @return position of the part's event; 0 if the part failed
         */
        long complete(Outcome[] outcomes, @Nullable CommandReply commandReply, @Nullable Throwable failure) {
            if (commandReply != null) {
                var each = ((Outcome.Batch) commandReply.outcome()).outcomes();
                for (int i = 0; i < each.size(); i++) {
                    outcomes[indexes.get(i)] = each.get(i);
                }
                return commandReply.position();
            }
            var refused = CommandErrors.toRefusal(Objects.requireNonNull(failure));
            indexes.forEach(place -> outcomes[place] = refused);
            return 0;
        }
    }
}
