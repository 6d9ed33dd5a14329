package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Envelope;
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

    private static final Envelope BY_LEASE = Envelope.ofRegistry("lease");

    private final Decision decision;
    private final ShardState state;

    Expiry(Decision decision) {
        this.decision = decision;
        this.state = decision.state;
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
        state.present.keySet().forEach(id -> leases.add(lease(id)));
        state.gone.keySet().forEach(id -> leases.add(lease(id)));
        return leases;
    }

    Lease lease(String id) {
        var instance = state.find(id);
        if (instance != null) {
            return instance.isExpired()
                    ? new Lease(id, instance.slot, Phase.EXPIRED, removeAt(instance))
                    : new Lease(id, instance.slot, Phase.LIVE, expiresAt(instance));
        }
        var tombstone = state.gone.get(id);
        return tombstone == null
                ? new Lease(id, -1, Phase.FORGOTTEN, Long.MAX_VALUE)
                : new Lease(id, -1, Phase.REMOVED, tombstone.until());
    }

    long dueIfRenewed(Instance instance) {
        return LeasePolicy.expiresAt(decision.now, decision.now, instance.ttl(decision.rules));
    }

    private Lease look(String id, long at) {
        var instance = state.find(id);
        if (instance == null) {
            var tombstone = state.gone.get(id);
            return tombstone == null || tombstone.until() <= at
                    ? new Lease(id, -1, Phase.FORGOTTEN, Long.MAX_VALUE)
                    : lease(id);
        }
        if (decision.isAboutToBeRenewed(instance)) {
            return new Lease(id, instance.slot, Phase.LIVE, dueIfRenewed(instance));
        }
        if (!instance.isExpired()) {
            expireIfDue(instance, at);
        } else if (removeAt(instance) <= at) {
            remove(instance);
        }
        return lease(id);
    }

    private long expiresAt(Instance instance) {
        return LeasePolicy.expiresAt(instance.renewedAt, state.graceFrom, instance.ttl(decision.rules));
    }

    private long removeAt(Instance instance) {
        return LeasePolicy.removeAt(instance.removeAt, state.graceFrom, decision.rules);
    }

    private void expireIfDue(Instance instance, long at) {
        if (expiresAt(instance) > at) {
            return;
        }
        int ttl = instance.ttl(decision.rules);
        long silentSince = Math.max(instance.renewedAt, state.graceFrom);
        decision.happened(
                instance,
                new LeaseExpired(
                        instance.id,
                        instance.service,
                        Instant.ofEpochMilli(silentSince),
                        ttl,
                        decision.instant(),
                        decision.instant().plus(decision.rules.gracePeriod()),
                        "Nothing was heard of it for " + words(decision.now - silentSince) + "; its ttl is " + ttl
                                + " s.",
                        BY_LEASE));
    }

    private void remove(Instance instance) {
        decision.happened(
                instance,
                new InstanceRemoved(
                        instance.id,
                        instance.service,
                        decision.instant(),
                        decision.instant().plus(decision.rules.reviveWindow()),
                        "It stayed silent for the grace period of "
                                + words(decision.rules.gracePeriod().toMillis()) + " after its lease had expired.",
                        BY_LEASE));
    }

    private static String words(long millis) {
        var duration = Duration.ofMillis(millis);
        return duration.toSeconds() + "." + duration.toMillisPart() / 100 + " s";
    }
}
