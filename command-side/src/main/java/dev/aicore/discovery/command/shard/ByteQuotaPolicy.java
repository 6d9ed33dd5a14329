package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.shard.Outcome;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes instances may take. Only more of them is ever refused: what is there stays, may be declared anew as long as it is, and
 * come back. So a shard that is replayed needs none of these.
 *
 * @param total of all shards together
 * @param perShard of one shard
 * @param perService of one service
 * @param perPrincipal of one owner, over all shards; nobody in particular has no bound of its own
 * @param registry what all shards have
 */
record ByteQuotaPolicy(long total, long perShard, long perService, long perPrincipal, RegistryUsage registry) {

    /** Returns why an instance that isn't there yet can't take so many bytes; null if it can. */
    @Nullable
    Outcome refusal(ShardState state, String service, String owner, long more, long now) {
        var refusal = refusalOfOwner(state, owner, more, now);
        return refusal != null ? refusal : refusalOfService(state, service, more, now);
    }

    /**
     * Returns why an instance can't say that instead of what it says; null if it can, and if that is no more.
     *
     * @param owner of the instance from then on
     */
    @Nullable
    Outcome refusalOfGrowth(
            ShardState state, Instance instance, StoredDeclaration declaration, String owner, long now) {
        long more = Instance.bytes(instance.id, declaration.json()) - instance.bytes();
        if (more <= 0) {
            return null;
        }
        long ofOwner = owner.equals(instance.owner) ? more : more + instance.bytes();
        var refusal = refusalOfOwner(state, owner, ofOwner, now);
        return refusal != null ? refusal : refusalOfService(state, instance.service, more, now);
    }

    /** Returns whether an instance that is another's can become that principal's. */
    boolean mayOwn(String owner, Instance instance) {
        return registry.bytesOf(owner) + instance.bytes() <= perPrincipal;
    }

    private @Nullable Outcome refusalOfOwner(ShardState state, String owner, long more, long now) {
        return owner.equals(EventMetadata.ANONYMOUS)
                ? null
                : new Bound("principal", owner, "_per_principal", "owner", perPrincipal)
                        .refusal(state, registry.bytesOf(owner), more, gone -> gone.owner.equals(owner), now);
    }

    private @Nullable Outcome refusalOfService(ShardState state, String service, long more, long now) {
        var refusal = new Bound("service", service, "_per_service", "name", perService)
                .refusal(state, state.usage.bytesOfService(service), more, gone -> gone.service.equals(service), now);
        return refusal != null ? refusal : refusalOfAll(state, service, more, now);
    }

    private @Nullable Outcome refusalOfAll(ShardState state, String service, long more, long now) {
        var refusal = new Bound("shard of service", service, "_per_shard", "name", perShard)
                .refusal(state, state.usage.bytes(), more, _ -> true, now);
        return refusal != null
                ? refusal
                : new Bound("registry", "", "", "body", total).refusal(state, registry.bytes(), more, _ -> true, now);
    }

    /**
     * One of the bounds.
     *
     * @param kind of what is bounded
     * @param name of it; empty if there is but one
     * @param setting what is behind {@code quotas.max_bytes} in the name of its setting
     * @param field of a request, which asks for too much
     */
    private record Bound(String kind, String name, String setting, String field, long max) {

        /**
         * Returns why there can't be so much more; null if there can.
         *
         * @param used what there is, with the gone that may be forgotten
         * @param counted which of the gone are in that
         */
        @Nullable
        Outcome refusal(ShardState state, long used, long more, Predicate<Instance> counted, long now) {
            if (used + more <= max) {
                return null;
            }
            long kept = used - state.tombstones.staleBytes(now, counted);
            return kept + more <= max ? null : exceeded(kept, more);
        }

        private Outcome exceeded(long used, long more) {
            return new Outcome.Refused(
                    ErrorCode.QUOTA_EXCEEDED,
                    "The instances of the " + kind + (name.isEmpty() ? "" : " '" + name + "'") + " take " + used
                            + " bytes, this asks for " + more + " more, and quotas.max_bytes" + setting + " is " + max
                            + ".",
                    List.of(new FieldError(field, "would take more bytes than it may", used + more, "at most " + max)));
        }
    }
}
