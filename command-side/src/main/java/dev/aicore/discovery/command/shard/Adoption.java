package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.instance.InstanceAdopted;

/** What nobody in particular has registered becomes that of the first who writes it under a name. */
final class Adoption {

    private Adoption() {}

    /**
     * If it is due: whoever declares it, and whoever changes or renews it without being an admin, whose hands are everybody's. What is more
     * than the principal's quota of bytes stays as it is, since no renewal is refused for it.
     */
    static void ifDue(Decision decision, Instance instance, Envelope by, boolean declares) {
        if (isDue(instance, by, declares) && decision.rules.quotas().bytes().mayOwn(by.actor(), instance)) {
            decision.happened(
                    instance,
                    new InstanceAdopted(
                            instance.id, instance.service, by.actor(), instance.owner, decision.instant(), by));
        }
    }

    /** Returns who owns it after that, as far as quotas go. */
    static String ownerAfter(Instance instance, Envelope by, boolean declares) {
        return isDue(instance, by, declares) ? by.actor() : instance.owner;
    }

    private static boolean isDue(Instance instance, Envelope by, boolean declares) {
        return by.adopts(instance.owner) && (declares || !by.role().equals(Envelope.ADMIN));
    }
}
