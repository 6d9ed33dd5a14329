package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Limits the bytes of instances. Only an increase is ever refused: present instances stay, and may be declared again in
 * the same size or be revived. Replaying a shard therefore needs no quotas.
 *
 * @param total maximum of all shards together
 * @param perShard maximum of one shard
 * @param perService maximum of one service
 * @param perPrincipal maximum of one owner over all shards; does not apply to the anonymous principal
 * @param registry usage of all shards
 */
record ByteQuotaPolicy(long total, long perShard, long perService, long perPrincipal, RegistryUsage registry) {

    /** Returns the refusal of a new instance of {@code more} bytes; null if the quotas allow it. */
    @Nullable
    Outcome refusal(ShardState state, String service, String owner, long more, long now) {
        var refusal = refusalOfOwner(state, owner, more, now);
        return refusal != null ? refusal : refusalOfService(state, service, more, now);
    }

    /**
     * Returns the refusal of a larger declaration of a known instance; null if the quotas allow it or if it is not
     * larger.
     *
     * @param owner owner of the instance after the change
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

    /** Returns true if the quota of a principal allows that it becomes the owner of an instance of another owner. */
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
     * Limit of one kind of object, and its error message.
     *
     * @param kind kind of the object that has the quota
     * @param name name of the object; empty if there is only one
     * @param setting suffix of {@code quotas.max_bytes} in the name of the setting
     * @param field field of the request that exceeds the quota
     * @param max maximum bytes
     */
    private record Bound(String kind, String name, String setting, String field, long max) {

        /**
         * Returns the refusal of more bytes; null if the quota allows them.
         *
         * @param used bytes in use, including those of tombstones that may be forgotten
         * @param more additional bytes
         * @param counted selects the tombstones' instances that are included in {@code used}
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
                    "The instances of the " + kind + (name.isEmpty() ? "" : " '" + name + "'") + " use " + used
                            + " bytes, the request needs " + more + " more, and quotas.max_bytes" + setting + " is "
                            + max
                            + ".",
                    List.of(new FieldError(field, "exceeds the byte quota", used + more, "at most " + max)));
        }
    }
}
