package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.ReportOutcomes;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import dev.aicore.discovery.api.shard.UpdateInstance;
import org.jspecify.annotations.Nullable;

/**
 * Instances of services that a caller's role isn't bound to are as if they weren't there. Decided here, since an id may become another
 * service's at any time.
 */
final class Reached {

    private final ShardState state;
    private final long now;

    Reached(ShardState state, long now) {
        this.state = state;
        this.now = now;
    }

    /** Why there is nothing to decide about; null if there is. Of many renewals each is asked for by itself. */
    @Nullable
    Outcome refusal(Item asked) {
        return switch (asked) {
            case RegisterInstance register -> taken(register);
            case UpdateInstance update -> absence(update.id(), update.envelope());
            case DeregisterInstance deregister -> absence(deregister.id(), deregister.envelope());
            case RenewLease renew -> absence(renew.id(), renew.envelope());
            case ReportOutcomes report -> absence(report.id(), report.envelope());
            case SwitchMonitoring monitoring -> absence(monitoring.id(), monitoring.envelope());
            default -> null;
        };
    }

    /** The same, of one instance: what the caller is told as if there never was one of that id; null if it is for them. */
    @Nullable
    Outcome absence(String id, Envelope by) {
        if (by.reach() == null) {
            return null;
        }
        var instance = known(id);
        return instance != null && by.reaches(instance.service) ? null : Outcome.Refused.unknown(id);
    }

    /** Nobody can have an id that somebody has: that much is told, as it is where the other service is another shard's. */
    private @Nullable Outcome taken(RegisterInstance asked) {
        var instance = asked.envelope().reach() == null ? null : known(asked.id());
        return instance == null || asked.envelope().reaches(instance.service)
                ? null
                : Outcome.Refused.ofAnotherService(asked.id());
    }

    private @Nullable Instance known(String id) {
        var present = state.find(id);
        return present == null ? state.revivable(id, now) : present;
    }
}
