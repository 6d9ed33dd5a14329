package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.LeaseExpired;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Lease.Phase;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.command.lease.LeasePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whose time has come. It goes by the shard's own state: whoever asks may be mistaken or late. */
final class Expiry {

    static final Envelope BY_LEASE = Envelope.ofRegistry("lease");

    private final Decision decision;
    private final ShardState state;
    private final Preservation preservation;

    Expiry(Decision decision) {
        this.decision = decision;
        this.state = decision.state;
        this.preservation = new Preservation(decision);
    }

    Outcome settle(ExpireLeases asked) {
        var leases = new ArrayList<Lease>(asked.ids().size());
        for (var id : asked.ids()) {
            leases.add(look(id, Math.min(asked.proposedAt(), decision.now)));
        }
        return new Outcome.Leases(leases);
    }

    List<Lease> all() {
        var leases = new ArrayList<Lease>(state.present.size() + state.gone.size());
        state.present.values().forEach(instance -> leases.add(leaseOf(instance)));
        state.gone.forEach((id, tombstone) -> {
            if (tombstone.until() > decision.now) {
                leases.add(leaseOfGone(id));
            }
        });
        return leases;
    }

    /** Where the lease of one that may be present or gone stands. */
    Lease lease(String id) {
        var instance = state.find(id);
        return instance == null ? leaseOfGone(id) : leaseOf(instance);
    }

    Lease leaseOf(Instance instance) {
        return switch (instance.lease()) {
            case LIVE -> lease(instance, Phase.LIVE, Math.min(expiresAt(instance), deregisterAt(instance)));
            case OVERDUE -> lease(instance, Phase.OVERDUE, Math.min(lookAgainAt(instance), deregisterAt(instance)));
            case EXPIRED -> lease(instance, Phase.EXPIRED, removeAt(instance));
        };
    }

    /** The same with what was heard earlier in this batch, which isn't applied yet. */
    Lease leaseToBe(Instance instance) {
        return decision.isAboutToBeRenewed(instance) ? leaseIfRenewed(instance) : leaseOf(instance);
    }

    /** The same as if it were heard now. */
    Lease leaseIfRenewed(Instance instance) {
        long due = LeasePolicy.expiresAt(decision.now, decision.now, instance.ttl(decision.rules.leases()));
        return lease(instance, Phase.LIVE, Math.min(due, deregisterAt(instance)));
    }

    private Lease leaseOfGone(String id) {
        var tombstone = state.gone.get(id);
        if (tombstone == null) {
            return new Lease(id, -1, Phase.FORGOTTEN, Long.MAX_VALUE);
        }
        var phase = tombstone.instance() == null ? Phase.DEREGISTERED : Phase.REMOVED;
        return new Lease(id, -1, phase, tombstone.until());
    }

    /** Its circuit is looked at with its lease. */
    private static Lease lease(Instance instance, Phase phase, long dueAt) {
        long due = instance.breaker == Breaker.OPEN ? Math.min(dueAt, instance.retryAt) : dueAt;
        return new Lease(instance.id, instance.slot, phase, due);
    }

    private Lease look(String id, long at) {
        var instance = state.find(id);
        if (instance == null) {
            var tombstone = state.gone.get(id);
            return tombstone == null || tombstone.until() <= at
                    ? new Lease(id, -1, Phase.FORGOTTEN, Long.MAX_VALUE)
                    : leaseOfGone(id);
        }
        new Circuits(decision).lookAgain(instance, at);
        if (deregisterAt(instance) <= at) {
            remove(
                    instance,
                    "It has no lease, and was unhealthy for "
                            + words(decision.rules.leases().deregisterAfter().toMillis()) + ".");
        } else if (decision.isAboutToBeRenewed(instance)) {
            return leaseIfRenewed(instance);
        } else if (instance.isExpired()) {
            removeIfDue(instance, at);
        } else {
            expireIfDue(instance, at);
        }
        return lease(id);
    }

    private void removeIfDue(Instance instance, long at) {
        if (removeAt(instance) <= at) {
            remove(
                    instance,
                    "It stayed silent for the grace period of "
                            + words(decision.rules.leases().gracePeriod().toMillis())
                            + " after its lease had expired.");
        }
    }

    private void expireIfDue(Instance instance, long at) {
        if (expiresAt(instance) > at) {
            return;
        }
        int ttl = instance.ttl(decision.rules.leases());
        long silentSince = silentSince(instance, at);
        if (!preservation.holdsBack(instance, silenceEndsAt(instance, silentSince, ttl), ttl, at)) {
            expire(instance, silentSince, ttl);
        } else if (!instance.overdue) {
            preservation.holdBack(instance, silentSince, ttl);
        }
    }

    private void expire(Instance instance, long silentSince, int ttl) {
        decision.happened(
                instance,
                new LeaseExpired(
                        instance.id,
                        instance.service,
                        Instant.ofEpochMilli(silentSince),
                        ttl,
                        decision.instant(),
                        decision.instant().plus(decision.rules.leases().gracePeriod()),
                        "Nothing was heard of it for " + words(decision.now - silentSince) + "; its ttl is " + ttl
                                + " s.",
                        BY_LEASE));
    }

    private void remove(Instance instance, String cause) {
        decision.happened(
                instance,
                new InstanceRemoved(
                        instance.id,
                        instance.service,
                        decision.instant(),
                        decision.instant().plus(decision.rules.leases().reviveWindow()),
                        cause,
                        BY_LEASE));
    }

    /** A grace makes a silence younger, until it has lasted too long for that. */
    private long silentSince(Instance instance, long at) {
        return longestSilence(instance.renewedAt, 1000L * instance.ttl(decision.rules.leases())) <= at
                ? instance.renewedAt
                : Math.max(instance.renewedAt, state.graceFrom);
    }

    private long expiresAt(Instance instance) {
        int ttl = instance.ttl(decision.rules.leases());
        long graced = LeasePolicy.expiresAt(instance.renewedAt, state.graceFrom, ttl);
        return ttl == 0 ? graced : Math.min(graced, longestSilence(instance.renewedAt, 1000L * ttl));
    }

    /** Graces put off the end of a period; what could have been heard for so many of them is silent, however many graces there were. */
    private long longestSilence(long from, long periodMillis) {
        return decision.listening.reaches(from, decision.rules.cap().silenceFactor() * periodMillis);
    }

    private long silenceEndsAt(Instance instance, long silentSince, int ttl) {
        return Math.min(decision.rules.cap().endsAt(silentSince, ttl), longestSilence(instance.renewedAt, 1000L * ttl));
    }

    /** After a grace its lease runs anew, although it is still held back. */
    private long lookAgainAt(Instance instance) {
        int ttl = instance.ttl(decision.rules.leases());
        long silentSince = Math.max(instance.renewedAt, state.graceFrom);
        long end = silenceEndsAt(instance, silentSince, ttl);
        return Math.max(expiresAt(instance), preservation.lookAt(instance, end, ttl));
    }

    private long removeAt(Instance instance) {
        long period = decision.rules.leases().gracePeriod().toMillis();
        return Math.min(
                LeasePolicy.removeAt(instance.removeAt, state.graceFrom, decision.rules.leases()),
                Math.max(instance.removeAt, longestSilence(instance.removeAt - period, period)));
    }

    /** When one without a lease has been unhealthy for too long. Only checks can say so: heartbeats don't end its life. */
    private long deregisterAt(Instance instance) {
        boolean wanted = instance.isCheckedActively() && instance.monitored && instance.health == Health.UNHEALTHY;
        if (!wanted || instance.isExpired() || instance.ttl(decision.rules.leases()) > 0) {
            return Long.MAX_VALUE;
        }
        long period = decision.rules.leases().deregisterAfter().toMillis();
        return Math.min(
                Math.max(instance.healthAt, state.graceFrom) + period, longestSilence(instance.healthAt, period));
    }

    private static String words(long millis) {
        var duration = Duration.ofMillis(millis);
        return duration.toSeconds() + "." + duration.toMillisPart() / 100 + " s";
    }
}
