package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.balancing.PicksReset;
import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.DropDeadLetter;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.ExtendLeases;
import dev.aicore.discovery.api.shard.FindMonitoredInstances;
import dev.aicore.discovery.api.shard.LeasesExtended;
import dev.aicore.discovery.api.shard.ListeningHistory;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RecordCheck;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.RenewLeases;
import dev.aicore.discovery.api.shard.ReportCalls;
import dev.aicore.discovery.api.shard.ResetPicks;
import dev.aicore.discovery.api.shard.RestoreServiceInstances;
import dev.aicore.discovery.api.shard.ShardCommand;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import dev.aicore.discovery.api.shard.UpdateInstance;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Decides one batch against the shard's state. Commands are decided in their order. Observations are packed together,
 * as far as no other command of the batch records an event of the same instance; this keeps the order of events within
 * each instance.
 */
final class BatchDecider {

    final String shard;
    final ShardState state;
    final ShardPolicies shardPolicies;
    final DeclarationMerger declarationMerger;
    final long now;
    final ListeningHistory listeningHistory;
    private final CheckpointPolicy checkpointPolicy;
    private final Consumer<Object> apply;
    private final int[] eventOf;
    private final PendingObservations pendingObservations;
    private int events;
    private int commandIndex;

    BatchDecider(
            String shard,
            ShardState state,
            ShardPolicies shardPolicies,
            DeclarationMerger declarationMerger,
            CheckpointPolicy checkpointPolicy,
            Instant decidedAt,
            ListeningHistory listeningHistory,
            int items,
            Consumer<Object> apply) {
        this.shard = shard;
        this.state = state;
        this.shardPolicies = shardPolicies;
        this.declarationMerger = declarationMerger;
        this.checkpointPolicy = checkpointPolicy;
        this.now = decidedAt.toEpochMilli();
        this.listeningHistory = listeningHistory;
        this.apply = apply;
        this.eventOf = new int[items];
        this.pendingObservations = new PendingObservations(state, now, eventOf);
        Arrays.fill(eventOf, -1);
    }

    List<CommandResult> decide(List<ShardCommand> items) {
        shardPolicies.quotas().bytes().registry().put(shard, state.usage);
        var outcomes = new Outcome[items.size()];
        for (commandIndex = 0; commandIndex < outcomes.length; commandIndex++) {
            outcomes[commandIndex] = decideCommand(items.get(commandIndex));
        }
        flush();
        takeCheckpoint(items);
        var settled = new CommandResult[outcomes.length];
        for (int i = 0; i < settled.length; i++) {
            settled[i] = new CommandResult(outcomes[i], eventOf[i]);
        }
        return Arrays.asList(settled);
    }

    /** Decides a command of the batch, or a command that a restore consists of. */
    Outcome decideCommand(ShardCommand command) {
        var refusal = new ScopeCheck(state, now).refusal(command);
        return refusal == null ? decide(command) : refusal;
    }

    private Outcome decide(ShardCommand command) {
        return switch (command) {
            case RegisterInstance register -> new RegistrationDecider(this).decide(register);
            case UpdateInstance update -> new UpdateDecider(this).decide(update);
            case DeregisterInstance deregister -> new RegistrationDecider(this).decide(deregister);
            case RenewLease renew -> new RenewalDecider(this).decide(renew);
            case RenewLeases renew -> new RenewalDecider(this).decide(renew);
            case RecordCheck check -> new RenewalDecider(this).decide(check);
            case ExpireLeases expire -> new ExpiryDecider(this).decide(expire);
            case ReportCalls report -> new CircuitBreakerDecider(this).decide(report);
            case SwitchMonitoring monitoring -> new MonitoringDecider(this).decide(monitoring);
            case FindMonitoredInstances find -> new MonitoringDecider(this).find(find);
            case RestoreServiceInstances restore -> new RestoreDecider(this).decide(restore);
            case TakeCheckpoint _ -> new Outcome.Checkpointed(state.generation + 1);
            case ResetPicks reset -> {
                emit(new PicksReset(reset.service(), instant(), reset.envelope()));
                yield new Outcome.Reset(reset.service(), instant());
            }
            case DropDeadLetter drop -> {
                emit(new DeadLetterDropped(
                        drop.position(),
                        drop.type(),
                        drop.sequence(),
                        drop.models(),
                        drop.error(),
                        instant(),
                        drop.envelope()));
                yield new Outcome.Dropped(drop.position(), drop.models(), instant());
            }
            case ExtendLeases extension -> {
                emit(new LeasesExtended(shard, Instant.ofEpochMilli(now), extension.cause(), extension.detail()));
                yield new Outcome.Leases(new ExpiryDecider(this).all());
            }
        };
    }

    Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    /** Records the event of the command that is being decided. */
    void emit(Object event) {
        eventOf[commandIndex] = events;
        record(event);
    }

    /** Records the event of the command that is being decided, after the pending observations of the instance. */
    void emit(Instance instance, Object event) {
        applyPending(instance);
        emit(event);
        new SelfPreservationDecider(this).exitIfOver(instance.service);
    }

    /** Records an event that accompanies the event of the command that is being decided. */
    void emitRelated(Object event) {
        record(event);
    }

    void observed(Instance instance, ObservationKind kind, long observedAt, int first, int second) {
        pendingObservations.add(commandIndex, instance, kind, observedAt, first, second);
    }

    /**
     * Returns true if this batch has a pending renewal of the instance. The renewal came first, so its lease can't have
     * expired.
     */
    boolean hasPendingRenewal(Instance instance) {
        return pendingObservations.renews(instance);
    }

    /**
     * Applies the pending observations if any of them counts for the instance's health or circuit breaker, so that both
     * are current. Pending renewals affect neither and may stay pending.
     */
    void applyCounted(Instance instance) {
        if (pendingObservations.hasCounted(instance)) {
            flush();
        }
    }

    private void applyPending(Instance instance) {
        if (pendingObservations.hasPending(instance)) {
            flush();
        }
    }

    private void flush() {
        if (pendingObservations.flush(events, apply)) {
            events++;
        }
    }

    private void takeCheckpoint(List<ShardCommand> items) {
        boolean requested = items.stream().anyMatch(TakeCheckpoint.class::isInstance);
        (requested ? checkpointPolicy.chunks(state) : checkpointPolicy.ifDue(state)).forEach(this::record);
        for (int i = 0; requested && i < eventOf.length; i++) {
            if (items.get(i) instanceof TakeCheckpoint) {
                eventOf[i] = events - 1;
            }
        }
    }

    private void record(Object event) {
        events++;
        apply.accept(event);
    }
}
