package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.LeaseOverdue;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.command.lease.ExpiryCapPolicy;
import java.time.Instant;

/** Holds back the expiry of a service's silent instances when too many of them fell silent at once. */
final class SelfPreservationDecider {

    private final BatchDecider batchDecider;
    private final ExpiryCapPolicy cap;

    SelfPreservationDecider(BatchDecider batchDecider) {
        this.batchDecider = batchDecider;
        this.cap = batchDecider.shardPolicies.cap();
    }

    /**
     * Returns true if an instance whose lease has run out may not expire yet. It may expire at the end of the maximum
     * silence.
     */
    boolean mustHoldBack(Instance instance, long silenceEndsAt, int ttl, long at) {
        var service = batchDecider.state.service(instance.service);
        return !cap.mayExpire(service.instances, service.expiredWithin(batchDecider.now, ttl)) && silenceEndsAt > at;
    }

    /** Returns when a held-back lease is checked again, epoch milliseconds. */
    long nextCheckAt(Instance instance, long silenceEndsAt, int ttl) {
        var service = batchDecider.state.service(instance.service);
        return Math.min(silenceEndsAt, service.windowEnds(ttl));
    }

    void holdBack(Instance instance, long silentSince, int ttl) {
        var service = batchDecider.state.service(instance.service);
        var cause = service.expiredWithin(batchDecider.now, ttl) + " of " + service.instances
                + " instances have expired within " + ttl
                + " s, and no more may. Those that stay silent are held back, for "
                + cap.silenceFactor() + " times their ttl at most.";
        if (!service.selfPreserving) {
            batchDecider.emitRelated(new SelfPreservationEntered(
                    instance.service,
                    service.instances,
                    service.expiredWithin(batchDecider.now, ttl),
                    cause,
                    batchDecider.instant(),
                    ExpiryDecider.BY_LEASE));
        }
        batchDecider.emit(
                instance,
                new LeaseOverdue(
                        instance.id,
                        instance.service,
                        Instant.ofEpochMilli(silentSince),
                        ttl,
                        batchDecider.instant(),
                        cause,
                        ExpiryDecider.BY_LEASE));
    }

    /**
     * Ends self-preservation if no instance is held back. Must be called after each event of an instance of the
     * service.
     */
    void exitIfOver(String name) {
        var service = batchDecider.state.service(name);
        if (service.selfPreserving && service.overdue == 0) {
            batchDecider.emitRelated(new SelfPreservationExited(
                    name,
                    "The last of them was heard again, has expired, or was taken out.",
                    batchDecider.instant(),
                    ExpiryDecider.BY_LEASE));
        }
    }
}
