package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.InstanceAdopted;

/** What nobody in particular has registered becomes that of the first who writes it under a name. */
final class OwnershipClaim {

    private OwnershipClaim() {}

    /**
     * If it is due: whoever declares it, and whoever changes or renews it without being an admin, whose hands are everybody's. What is more
     * than the principal's quota of bytes stays as it is, since no renewal is refused for it.
     */
    static void ifDue(BatchDecider batchDecider, Instance instance, EventMetadata metadata, boolean declares) {
        if (isDue(instance, metadata, declares)
                && batchDecider.shardPolicies.quotas().bytes().mayOwn(metadata.actor(), instance)) {
            batchDecider.emit(
                    instance,
                    new InstanceAdopted(
                            instance.id,
                            instance.service,
                            metadata.actor(),
                            instance.owner,
                            batchDecider.instant(),
                            metadata));
        }
    }

    /** Returns who owns it after that, as far as quotas go. */
    static String ownerAfter(Instance instance, EventMetadata metadata, boolean declares) {
        return isDue(instance, metadata, declares) ? metadata.actor() : instance.owner;
    }

    private static boolean isDue(Instance instance, EventMetadata metadata, boolean declares) {
        return metadata.adopts(instance.owner) && (declares || !metadata.role().equals(EventMetadata.ADMIN));
    }
}
