package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.deadletter.DropDeadLetter;
import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.api.discovery.ResetPicks;
import dev.aicore.discovery.api.health.FindMonitoredInstances;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.health.SwitchMonitoring;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.RenewLeases;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import java.util.List;

/**
 * Decides the commands of a shard: the pure function from state, command and time to a {@link Decision}. Each command
 * goes to the decider of its feature.
 */
final class ShardDecider {

    private final DecisionContext context;
    private final ScopeCheck scopeCheck;
    private final CircuitBreakerDecider circuitBreakerDecider;
    private final ExpiryDecider expiryDecider;
    private final RenewalDecider renewalDecider;
    private final RegistrationDecider registrationDecider;
    private final UpdateDecider updateDecider;
    private final MonitoringDecider monitoringDecider;
    private final RestoreDecider restoreDecider;

    ShardDecider(DecisionContext context, SelfPreservationDecider selfPreservationDecider) {
        this.context = context;
        this.scopeCheck = new ScopeCheck(context.state(), context.now());
        var leases = new LeaseCalculator(context);
        var outcomeFactory = new InstanceOutcomeFactory(context, leases);
        this.circuitBreakerDecider = new CircuitBreakerDecider(context, leases);
        var healthDecider = new HealthDecider(context, circuitBreakerDecider);
        this.expiryDecider = new ExpiryDecider(context, leases, selfPreservationDecider, circuitBreakerDecider);
        this.renewalDecider = new RenewalDecider(context, leases, healthDecider, circuitBreakerDecider);
        this.registrationDecider =
                new RegistrationDecider(context, leases, outcomeFactory, healthDecider, renewalDecider);
        this.updateDecider = new UpdateDecider(context, outcomeFactory, healthDecider);
        this.monitoringDecider = new MonitoringDecider(context);
        this.restoreDecider = new RestoreDecider(this::decide);
    }

    /** Decides a command of a batch, or a command that a restore consists of. */
    Decision decide(ShardCommand command) {
        var refusal = scopeCheck.refusal(command);
        return refusal == null ? decideInScope(command) : Decision.of(refusal);
    }

    private Decision decideInScope(ShardCommand command) {
        return switch (command) {
            case RegisterInstance register -> registrationDecider.decide(register);
            case UpdateInstance update -> updateDecider.decide(update);
            case DeregisterInstance deregister -> registrationDecider.decide(deregister);
            case RenewLease renew -> renewalDecider.decide(renew);
            case RenewLeases renew -> renewalDecider.decide(renew);
            case RecordCheck check -> renewalDecider.decide(check);
            case ExpireLeases expire -> expiryDecider.decide(expire);
            case ExtendLeases extend -> expiryDecider.decide(extend);
            case ReportCalls report -> circuitBreakerDecider.decide(report);
            case SwitchMonitoring monitoring -> monitoringDecider.decide(monitoring);
            case FindMonitoredInstances find -> monitoringDecider.find(find);
            case RestoreServiceInstances restore -> restoreDecider.decide(restore);
            case TakeCheckpoint _ -> Decision.of(new Outcome.Checkpointed(context.state().generation + 1));
            case ResetPicks reset -> reset(reset);
            case DropDeadLetter drop -> drop(drop);
        };
    }

    private Decision reset(ResetPicks reset) {
        return Decision.of(
                List.of(new PicksReset(reset.service(), context.instant(), reset.envelope())),
                () -> new Outcome.Reset(reset.service(), context.instant()));
    }

    private Decision drop(DropDeadLetter drop) {
        var dropped = new DeadLetterDropped(
                drop.position(),
                drop.type(),
                drop.sequence(),
                drop.models(),
                drop.error(),
                context.instant(),
                drop.envelope());
        return Decision.of(
                List.of(dropped), () -> new Outcome.Dropped(drop.position(), drop.models(), context.instant()));
    }
}
