package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.lease.LeaseOverdue;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.lease.SelfPreservationExited;
import dev.aicore.discovery.command.shard.policy.ExpiryCapPolicy;
import java.time.Instant;
import java.util.List;

/** Holds back the expiry of a service's silent instances when too many of them fell silent at once. */
final class SelfPreservationDecider {

    /** Metadata of the events that the passage of time causes. */
    static final EventMetadata BY_LEASE = EventMetadata.ofRegistry("lease");

    private final DecisionContext context;
    private final ShardState state;
    private final ExpiryCapPolicy cap;

    SelfPreservationDecider(DecisionContext context) {
        this.context = context;
        this.state = context.state();
        this.cap = context.policies().cap();
    }

    /**
     * Returns true if an instance whose lease has run out may not expire yet. It may expire at the end of the maximum
     * silence.
     */
    boolean mustHoldBack(Instance instance, long silenceEndsAt, int ttl, long at) {
        var service = state.service(instance.service);
        return !cap.mayExpire(service.instances, service.expiredWithin(context.now(), ttl)) && silenceEndsAt > at;
    }

    /** Returns the events that hold back the expiry of an instance. */
    List<RegistryEvent> holdBack(Instance instance, long silentSince, int ttl) {
        var service = state.service(instance.service);
        int expired = service.expiredWithin(context.now(), ttl);
        var cause = expired + " of " + service.instances + " instances have expired within " + ttl
                + " s, the maximum. Further expiries are held back for at most " + cap.silenceFactor()
                + " times the TTL.";
        var overdue = new LeaseOverdue(
                instance.id,
                instance.service,
                Instant.ofEpochMilli(silentSince),
                ttl,
                context.instant(),
                cause,
                BY_LEASE);
        return service.selfPreserving
                ? List.of(overdue)
                : List.of(
                        new SelfPreservationEntered(
                                instance.service, service.instances, expired, cause, context.instant(), BY_LEASE),
                        overdue);
    }

    /**
     * Returns true if self-preservation of a service is active and no instance is held back any more. Must be evaluated
     * after each event of an instance of the service.
     */
    boolean isOver(String name) {
        var service = state.service(name);
        return service.selfPreserving && service.overdue == 0;
    }

    /** Returns the event that ends self-preservation of a service. */
    SelfPreservationExited exit(String name) {
        return new SelfPreservationExited(
                name, "No lease of the service is overdue any more.", context.instant(), BY_LEASE);
    }
}
