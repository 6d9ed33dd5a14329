package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.config.settings.QuotaSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of present instances. Only a new instance is ever refused: present instances may be declared again,
 * and removed ones revived.
 *
 * @param perService maximum of one service; exact, since a service belongs to one shard
 * @param perPrincipal maximum of one owner in one shard; an owner with services in several shards may have as many in
 *     each
 * @param bytes limits of the instances' bytes
 */
record InstanceQuotaPolicy(int perService, int perPrincipal, ByteQuotaPolicy bytes) {

    /** Creates the policy from the settings, with empty usage. */
    static InstanceQuotaPolicy of(QuotaSettings settings) {
        return new InstanceQuotaPolicy(
                settings.perService(),
                settings.perPrincipal(),
                new ByteQuotaPolicy(
                        settings.maxBytes().toBytes(),
                        settings.maxBytesPerShard().toBytes(),
                        settings.maxBytesPerService().toBytes(),
                        settings.maxBytesPerPrincipal().toBytes(),
                        new RegistryUsage()));
    }

    /** Returns the refusal of a new instance; null if the quotas allow it. */
    @Nullable
    Outcome refusal(ShardState state, RegisterInstance command, long now) {
        var service = command.declaration().name();
        int instances = state.service(service).instances;
        if (instances >= perService) {
            return exceeded("The service '" + service + "'", "quotas.per_service", "name", instances, perService);
        }
        var owner = command.newOwner();
        int owned = owner.equals(EventMetadata.ANONYMOUS) ? 0 : state.usage.instancesOf(owner);
        if (owned >= perPrincipal) {
            return exceeded("The principal '" + owner + "'", "quotas.per_principal", "owner", owned, perPrincipal);
        }
        long more = Instance.bytes(
                command.id(), StoredDeclaration.of(command.declaration()).json());
        return bytes.refusal(state, service, owner, more, now);
    }

    private static Outcome exceeded(String holder, String setting, String field, int current, int max) {
        return new Outcome.Refused(
                ErrorCode.QUOTA_EXCEEDED,
                holder + " has " + current + " instances, and " + setting + " is " + max + ".",
                List.of(new FieldError(field, "has reached its quota", current, "less than " + max)));
    }
}
