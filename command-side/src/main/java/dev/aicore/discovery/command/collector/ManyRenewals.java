package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RenewLeases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Many heartbeats at once: one item for each shard that has any of them, so that a shard in trouble fails only its own. */
final class ManyRenewals {

    private final List<Collector> shards;
    private final LeaseTable leases;

    ManyRenewals(List<Collector> shards, LeaseTable leases) {
        this.shards = shards;
        this.leases = leases;
    }

    /** Never blocks, and never fails: what failed is the outcome of its ids. */
    CompletableFuture<ManyReplies> renew(Set<String> ids, long observedAt, Envelope by) {
        var outcomes = HashMap.<String, Outcome>newHashMap(ids.size());
        var parts = new HashMap<Integer, List<String>>();
        for (var id : ids) {
            var tracked = leases.find(id);
            if (tracked == null) {
                outcomes.put(id, Intake.unknown(id));
            } else {
                parts.computeIfAbsent(tracked.shard, none -> new ArrayList<>()).add(id);
            }
        }
        var replies = new ArrayList<CompletableFuture<ManyReplies>>(parts.size());
        parts.forEach((shard, some) -> replies.add(shards.get(shard)
                .submit(new RenewLeases(some, observedAt, by))
                .handle((reply, failure) -> part(some, reply, failure))));
        return CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
                .thenApply(done -> together(outcomes, replies));
    }

    private static ManyReplies part(List<String> ids, @Nullable Reply reply, @Nullable Throwable failure) {
        var outcomes = HashMap.<String, Outcome>newHashMap(ids.size());
        if (reply != null) {
            var each = ((Outcome.Each) reply.outcome()).outcomes();
            for (int i = 0; i < ids.size(); i++) {
                outcomes.put(ids.get(i), each.get(i));
            }
            return new ManyReplies(outcomes, reply.position());
        }
        var refusal =
                failure instanceof RegistryException said ? said : Failures.explain(Objects.requireNonNull(failure));
        var refused = new Outcome.Refused(refusal.code(), refusal.detail());
        ids.forEach(id -> outcomes.put(id, refused));
        return new ManyReplies(outcomes, 0);
    }

    private static ManyReplies together(Map<String, Outcome> outcomes, List<CompletableFuture<ManyReplies>> replies) {
        long position = 0;
        for (var reply : replies) {
            var part = reply.join();
            outcomes.putAll(part.outcomes());
            position = Math.max(position, part.position());
        }
        return new ManyReplies(outcomes, position);
    }
}
