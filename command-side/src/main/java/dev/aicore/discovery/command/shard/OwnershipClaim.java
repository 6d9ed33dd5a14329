package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.InstanceAdopted;

/**
 * Decides when an instance of the anonymous principal gets a new owner: the first authenticated principal that writes
 * it.
 */
final class OwnershipClaim {

    private OwnershipClaim() {}

    /**
     * Changes the owner if a change is due. It is due if the caller declares the instance, or if the caller changes or
     * renews it and is not an admin: an admin acts on behalf of others. If the principal's byte quota is too small, the
     * owner stays unchanged, since a renewal is never refused because of a quota.
     *
     * @param declares true if the caller registers the instance, false if it changes or renews it
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

    /** Returns the owner after a due change, without regard to quotas. */
    static String ownerAfter(Instance instance, EventMetadata metadata, boolean declares) {
        return isDue(instance, metadata, declares) ? metadata.actor() : instance.owner;
    }

    private static boolean isDue(Instance instance, EventMetadata metadata, boolean declares) {
        return metadata.mayAdopt(instance.owner)
                && (declares || !metadata.role().equals(EventMetadata.ADMIN));
    }
}
