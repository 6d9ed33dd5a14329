package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.LeaseOverdue;
import dev.aicore.discovery.api.lease.PreservationEntered;
import dev.aicore.discovery.api.lease.PreservationLeft;
import dev.aicore.discovery.command.lease.ExpiryCapPolicy;
import java.time.Instant;

/** Holds back the silent instances of a service where too many fell silent at once. */
final class Preservation {

    private final Decision decision;
    private final ExpiryCapPolicy cap;

    Preservation(Decision decision) {
        this.decision = decision;
        this.cap = decision.rules.cap();
    }

    /** Whether one whose lease has run out may not expire yet; at the end of its silence it may. */
    boolean holdsBack(Instance instance, long silenceEndsAt, int ttl, long at) {
        var service = decision.state.service(instance.service);
        return !cap.mayExpire(service.instances, service.expiredWithin(decision.now, ttl)) && silenceEndsAt > at;
    }

    /** When to look again at one that is held back. */
    long lookAt(Instance instance, long silenceEndsAt, int ttl) {
        var service = decision.state.service(instance.service);
        return Math.min(silenceEndsAt, service.windowEnds(ttl));
    }

    void holdBack(Instance instance, long silentSince, int ttl) {
        var service = decision.state.service(instance.service);
        var cause = service.expiredWithin(decision.now, ttl) + " of " + service.instances
                + " instances have expired within " + ttl
                + " s, and no more may. Those that stay silent are held back, for "
                + cap.silenceFactor() + " times their ttl at most.";
        if (!service.preserving) {
            decision.alsoHappened(new PreservationEntered(
                    instance.service,
                    service.instances,
                    service.expiredWithin(decision.now, ttl),
                    cause,
                    decision.instant(),
                    Expiry.BY_LEASE));
        }
        decision.happened(
                instance,
                new LeaseOverdue(
                        instance.id,
                        instance.service,
                        Instant.ofEpochMilli(silentSince),
                        ttl,
                        decision.instant(),
                        cause,
                        Expiry.BY_LEASE));
    }

    /** To be asked whenever something has happened to one of its instances. */
    void leaveIfOver(String name) {
        var service = decision.state.service(name);
        if (service.preserving && service.overdue == 0) {
            decision.alsoHappened(new PreservationLeft(
                    name,
                    "The last of them was heard again, has expired, or was taken out.",
                    decision.instant(),
                    Expiry.BY_LEASE));
        }
    }
}
