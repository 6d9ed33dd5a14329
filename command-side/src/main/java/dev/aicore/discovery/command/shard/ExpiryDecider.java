package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.SelfPreservationDecider.BY_LEASE;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.LeaseExpired;
import dev.aicore.discovery.api.lease.LeasesExtended;
import dev.aicore.discovery.command.shard.policy.LeaseDeadlines.LeaseRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Decides which proposed leases expire, and which instances are removed; extends all leases after a pause. */
final class ExpiryDecider {

    private final DecisionContext context;
    private final ShardState state;
    private final LeaseRules rules;
    private final LeaseCalculator leases;
    private final SelfPreservationDecider selfPreservationDecider;
    private final CircuitBreakerDecider circuitBreakerDecider;

    ExpiryDecider(
            DecisionContext context,
            LeaseCalculator leases,
            SelfPreservationDecider selfPreservationDecider,
            CircuitBreakerDecider circuitBreakerDecider) {
        this.context = context;
        this.state = context.state();
        this.rules = context.policies().leases();
        this.leases = leases;
        this.selfPreservationDecider = selfPreservationDecider;
        this.circuitBreakerDecider = circuitBreakerDecider;
    }

    Decision decide(ExpireLeases command) {
        long at = Math.min(command.proposedAt(), context.now());
        var parts = command.ids().stream()
                .<Supplier<Decision>>map(id -> () -> expireDue(id, at))
                .toList();
        return new Decision.Sequence(parts, ExpiryDecider::combined);
    }

    Decision decide(ExtendLeases extension) {
        var extended = new LeasesExtended(context.shard(), context.instant(), extension.cause(), extension.detail());
        return Decision.of(List.of(extended), () -> new Outcome.Leases(leases.all()));
    }

    private static Decision combined(List<Outcome> outcomes) {
        return Decision.of(new Outcome.Leases(outcomes.stream()
                .flatMap(outcome -> ((Outcome.Leases) outcome).leases().stream())
                .toList()));
    }

    private Decision expireDue(String id, long at) {
        var instance = state.find(id);
        if (instance == null) {
            var tombstone = state.tombstones.get(id);
            return Decision.of(outcome(
                    tombstone == null || tombstone.until() <= at
                            ? LeaseCalculator.forgotten(id)
                            : leases.leaseOfRemoved(id)));
        }
        var events = new ArrayList<RegistryEvent>();
        if (circuitBreakerDecider.isHalfOpenDue(instance, at)) {
            events.add(circuitBreakerDecider.halfOpen(instance));
        }
        events.addAll(dueEvents(instance, at));
        return Decision.of(events, () -> outcome(leases.lease(id)));
    }

    private List<? extends RegistryEvent> dueEvents(Instance instance, long at) {
        if (leases.deregisterAt(instance) <= at) {
            var period = formatSeconds(leases.unhealthyPeriod(instance));
            var what = leases.ttl(instance) == 0 ? "It has no lease, and was unhealthy for " : "It was unhealthy for ";
            return List.of(removed(instance, what + period + "."));
        }
        if (context.hasPendingRenewal(instance)) {
            return List.of();
        }
        if (instance.isExpired()) {
            return removalIfDue(instance, at);
        }
        return expiryIfDue(instance, at);
    }

    private List<? extends RegistryEvent> removalIfDue(Instance instance, long at) {
        if (leases.removeAt(instance) > at) {
            return List.of();
        }
        int declared = instance.deregisterAfter();
        var period = formatSeconds(
                declared > 0 ? 1000L * declared : rules.gracePeriod().toMillis());
        return List.of(removed(
                instance, "It stayed silent for the grace period of " + period + " after its lease had expired."));
    }

    private List<? extends RegistryEvent> expiryIfDue(Instance instance, long at) {
        if (leases.expiresAt(instance) > at) {
            return List.of();
        }
        int ttl = leases.ttl(instance);
        long silentSince = leases.silentSince(instance, at);
        long silenceEndsAt = leases.silenceEndsAt(instance, silentSince, ttl);
        if (!selfPreservationDecider.mustHoldBack(instance, silenceEndsAt, ttl, at)) {
            return List.of(expired(instance, silentSince, ttl));
        }
        return instance.overdue ? List.of() : selfPreservationDecider.holdBack(instance, silentSince, ttl);
    }

    private LeaseExpired expired(Instance instance, long silentSince, int ttl) {
        return new LeaseExpired(
                instance.id,
                instance.service,
                Instant.ofEpochMilli(silentSince),
                ttl,
                context.instant(),
                leases.removalAfterExpiry(instance, context.instant()),
                "No renewal was received for " + formatSeconds(context.now() - silentSince) + "; the TTL is " + ttl
                        + " s.",
                BY_LEASE);
    }

    private InstanceRemoved removed(Instance instance, String cause) {
        return new InstanceRemoved(
                instance.id,
                instance.service,
                context.instant(),
                context.instant().plus(rules.reviveWindow()),
                cause,
                BY_LEASE);
    }

    private static Outcome outcome(Lease lease) {
        return new Outcome.Leases(List.of(lease));
    }

    private static String formatSeconds(long millis) {
        var duration = Duration.ofMillis(millis);
        return duration.toSeconds() + "." + duration.toMillisPart() / 100 + " s";
    }
}
