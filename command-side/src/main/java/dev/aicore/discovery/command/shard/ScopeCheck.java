package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.RenewLease;
import org.jspecify.annotations.Nullable;

/**
 * Hides the instances of services outside of the caller's service scope. Decided in the shard, because an id may move
 * to another service at any time.
 */
final class ScopeCheck {

    private final ShardState state;
    private final long now;

    ScopeCheck(ShardState state, long now) {
        this.state = state;
        this.now = now;
    }

    /**
     * Returns the refusal of a command outside of the caller's scope; null if the command may be decided. The ids of a
     * batch heartbeat are checked one by one with {@link #absence}.
     */
    @Nullable
    Outcome refusal(ShardCommand command) {
        return switch (command) {
            case RegisterInstance register -> refusalOfTakenId(register);
            case UpdateInstance update -> absence(update.id(), update.envelope());
            case DeregisterInstance deregister -> absence(deregister.id(), deregister.envelope());
            case RenewLease renew -> absence(renew.id(), renew.envelope());
            case ReportCalls report -> absence(report.id(), report.envelope());
            case SwitchMonitoring monitoring -> absence(monitoring.id(), monitoring.envelope());
            default -> null;
        };
    }

    /**
     * Returns the refusal of an unknown id, if the instance is unknown or outside of the caller's scope; null if the
     * caller may access it or has no scope.
     */
    @Nullable
    Outcome absence(String id, EventMetadata metadata) {
        if (metadata.reach() == null) {
            return null;
        }
        var instance = findInstance(id);
        return instance != null && metadata.coversService(instance.service) ? null : Outcome.Refused.unknown(id);
    }

    /**
     * Returns the refusal of a taken id, as for an id of another shard, even if the caller may not see the other
     * service; null if the id may be registered. Ids are unique across services.
     */
    private @Nullable Outcome refusalOfTakenId(RegisterInstance command) {
        var instance = command.envelope().reach() == null ? null : findInstance(command.id());
        return instance == null || command.envelope().coversService(instance.service)
                ? null
                : Outcome.Refused.ofAnotherService(command.id());
    }

    private @Nullable Instance findInstance(String id) {
        var present = state.find(id);
        return present == null ? state.revivable(id, now) : present;
    }
}
