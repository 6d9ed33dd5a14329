package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.instance.InstanceAdopted;

/** What nobody in particular has registered becomes that of the first who writes it under a name. */
final class Adoption {

    private Adoption() {}

    /** If it is due: whoever declares it, and whoever changes or renews it without being an admin, whose hands are everybody's. */
    static void ifDue(Decision decision, Instance instance, Envelope by, boolean declares) {
        if (by.adopts(instance.owner) && (declares || !by.role().equals(Envelope.ADMIN))) {
            decision.happened(
                    instance,
                    new InstanceAdopted(
                            instance.id, instance.service, by.actor(), instance.owner, decision.instant(), by));
        }
    }
}
