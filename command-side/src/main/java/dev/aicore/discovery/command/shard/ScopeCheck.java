package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.ReportCalls;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import dev.aicore.discovery.api.shard.UpdateInstance;
import org.jspecify.annotations.Nullable;

/**
 * Instances of services that a caller's role isn't bound to are as if they weren't there. Decided here, since an id may become another
 * service's at any time.
 */
final class ScopeCheck {

    private final ShardState state;
    private final long now;

    ScopeCheck(ShardState state, long now) {
        this.state = state;
        this.now = now;
    }

    /** Why there is nothing to decide about; null if there is. Of many renewals each is asked for by itself. */
    @Nullable
    Outcome refusal(ShardCommand command) {
        return switch (command) {
            case RegisterInstance register -> taken(register);
            case UpdateInstance update -> absence(update.id(), update.envelope());
            case DeregisterInstance deregister -> absence(deregister.id(), deregister.envelope());
            case RenewLease renew -> absence(renew.id(), renew.envelope());
            case ReportCalls report -> absence(report.id(), report.envelope());
            case SwitchMonitoring monitoring -> absence(monitoring.id(), monitoring.envelope());
            default -> null;
        };
    }

    /** The same, of one instance: what the caller is told as if there never was one of that id; null if it is for them. */
    @Nullable
    Outcome absence(String id, EventMetadata metadata) {
        if (metadata.reach() == null) {
            return null;
        }
        var instance = known(id);
        return instance != null && metadata.reaches(instance.service) ? null : Outcome.Refused.unknown(id);
    }

    /** Nobody can have an id that somebody has: that much is told, as it is where the other service is another shard's. */
    private @Nullable Outcome taken(RegisterInstance command) {
        var instance = command.envelope().reach() == null ? null : known(command.id());
        return instance == null || command.envelope().reaches(instance.service)
                ? null
                : Outcome.Refused.ofAnotherService(command.id());
    }

    private @Nullable Instance known(String id) {
        var present = state.find(id);
        return present == null ? state.revivable(id, now) : present;
    }
}
