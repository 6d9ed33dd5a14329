package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Envelope;
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
record ByteQuotas(long total, long perShard, long perService, long perPrincipal, RegistryUsage registry) {

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
    Outcome refusalOfGrowth(ShardState state, Instance instance, StoredDeclaration said, String owner, long now) {
        long more = Instance.bytes(instance.id, said.json()) - instance.bytes();
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
        if (owner.equals(Envelope.ANONYMOUS) || registry.bytesOf(owner) + more <= perPrincipal) {
            return null;
        }
        long used = registry.bytesOf(owner) - state.gone.staleBytes(now, gone -> gone.owner.equals(owner));
        return used + more <= perPrincipal
                ? null
                : exceeded("principal '" + owner + "'", "per_principal", "owner", used, more, perPrincipal);
    }

    private @Nullable Outcome refusalOfService(ShardState state, String service, long more, long now) {
        long ofService = state.usage.bytesOfService(service);
        if (ofService + more > perService) {
            long used = ofService - state.gone.staleBytes(now, gone -> gone.service.equals(service));
            if (used + more > perService) {
                return exceeded("service '" + service + "'", "per_service", "name", used, more, perService);
            }
        }
        return refusalOfAll(state, service, more, now);
    }

    private @Nullable Outcome refusalOfAll(ShardState state, String service, long more, long now) {
        Predicate<Instance> all = _ -> true;
        if (state.usage.bytes() + more > perShard) {
            long used = state.usage.bytes() - state.gone.staleBytes(now, all);
            if (used + more > perShard) {
                return exceeded("shard of service '" + service + "'", "per_shard", "name", used, more, perShard);
            }
        }
        long used = registry.bytes();
        if (used + more > total) {
            used -= state.gone.staleBytes(now, all);
            if (used + more > total) {
                return exceeded("registry", "", "body", used, more, total);
            }
        }
        return null;
    }

    private static Outcome exceeded(String who, String what, String field, long used, long more, long most) {
        var setting = "quotas.max_bytes" + (what.isEmpty() ? "" : "_" + what);
        return new Outcome.Refused(
                ErrorCode.QUOTA_EXCEEDED,
                "The instances of the " + who + " take " + used + " bytes, this asks for " + more + " more, and "
                        + setting + " is " + most + ".",
                List.of(new FieldError(field, "would take more bytes than it may", used + more, "at most " + most)));
    }
}
