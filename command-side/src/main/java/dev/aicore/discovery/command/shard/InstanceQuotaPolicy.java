package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.config.settings.QuotaSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many instances may be present. Only one more is ever refused: what is there may be declared anew, and what was there come back.
 *
 * @param perService of one service; exact, since a service is one shard's
 * @param perPrincipal of one owner in one shard; who has services in several may have as many in each
 * @param bytes what instances may take
 */
record InstanceQuotaPolicy(int perService, int perPrincipal, ByteQuotaPolicy bytes) {

    /** As the settings say, of a registry that nothing is known of yet. */
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

    /** Why there can't be one more; null if there can. */
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

    private static Outcome exceeded(String who, String setting, String field, int present, int most) {
        return new Outcome.Refused(
                ErrorCode.QUOTA_EXCEEDED,
                who + " has " + present + " instances here, and " + setting + " is " + most + ".",
                List.of(new FieldError(field, "has as many instances as it may", present, "less than " + most)));
    }
}
