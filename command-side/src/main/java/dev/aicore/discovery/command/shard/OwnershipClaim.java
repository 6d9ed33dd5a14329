package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import java.util.List;

/**
 * Decides when an instance of the anonymous principal gets a new owner: the first authenticated principal that writes
 * it.
 */
final class OwnershipClaim {

    private OwnershipClaim() {}

    /**
     * Returns the change of the owner if one is due, else an empty list. It is due if the caller declares the instance,
     * or if the caller changes or renews it and is not an admin: an admin acts on behalf of others. If the principal's
     * byte quota is too small, the owner stays unchanged, since a renewal is never refused because of a quota.
     *
     * @param declares true if the caller registers the instance, false if it changes or renews it
     */
    static List<InstanceAdopted> ifDue(
            DecisionContext context, Instance instance, EventMetadata metadata, boolean declares) {
        boolean adopts = isDue(instance, metadata, declares)
                && context.policies().quotas().bytes().mayOwn(metadata.actor(), instance);
        return adopts
                ? List.of(new InstanceAdopted(
                        instance.id, instance.service, metadata.actor(), instance.owner, context.instant(), metadata))
                : List.of();
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
