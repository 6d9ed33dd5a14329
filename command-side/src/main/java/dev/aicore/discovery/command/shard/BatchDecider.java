package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.health.RecordCheck;
import dev.aicore.discovery.api.health.ReportCalls;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.lease.SelfPreservationEntered;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.TakeCheckpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch: carries out the decisions of its commands in their order, and numbers the events. Observations are
 * packed together, as far as no other command of the batch records an event of the same instance; this keeps the order
 * of events within each instance.
 */
final class BatchDecider {

    private final DecisionContext context;
    private final ShardState state;
    private final PendingObservations pending;
    private final CheckpointPolicy checkpointPolicy;
    private final Consumer<RegistryEvent> recorder;
    private final ShardDecider shardDecider;
    private final SelfPreservationDecider selfPreservationDecider;
    private final List<ShardCommand> commands;
    private final int[] eventOf;
    private int events;
    private int commandIndex;

    /**
     * Creates a decider of one batch.
     *
     * @param recorder records an event and folds it into the state
     */
    BatchDecider(
            DecideBatch batch,
            ShardState state,
            ShardPolicies policies,
            DeclarationMerger declarationMerger,
            CheckpointPolicy checkpointPolicy,
            Consumer<RegistryEvent> recorder) {
        long now = batch.decidedAt().toEpochMilli();
        this.commands = batch.items();
        this.eventOf = new int[commands.size()];
        this.state = state;
        this.pending = new PendingObservations(state, now, eventOf);
        this.context =
                new DecisionContext(batch.shard(), state, pending, policies, declarationMerger, batch.listening(), now);
        this.checkpointPolicy = checkpointPolicy;
        this.recorder = recorder;
        this.selfPreservationDecider = new SelfPreservationDecider(context);
        this.shardDecider = new ShardDecider(context, selfPreservationDecider);
        Arrays.fill(eventOf, -1);
    }

    /** Returns one result per command, in their order. */
    List<CommandResult> decide() {
        context.policies().quotas().bytes().registry().put(context.shard(), state.usage);
        var outcomes = new ArrayList<Outcome>(commands.size());
        for (commandIndex = 0; commandIndex < commands.size(); commandIndex++) {
            outcomes.add(decide(commands.get(commandIndex)));
        }
        flush();
        takeCheckpoint();
        var results = new ArrayList<CommandResult>(commands.size());
        for (int i = 0; i < eventOf.length; i++) {
            results.add(new CommandResult(outcomes.get(i), eventOf[i]));
        }
        return results;
    }

    private Outcome decide(ShardCommand command) {
        var id = evaluatedInstance(command);
        if (id != null) {
            applyCounted(id);
        }
        return carryOut(shardDecider.decide(command));
    }

    private Outcome carryOut(Decision decision) {
        return switch (decision) {
            case Decision.Result(var outcome) -> outcome;
            case Decision.Step(var observations, var stepEvents, var next) -> {
                observations.forEach(observation -> pending.add(commandIndex, observation));
                stepEvents.forEach(this::emit);
                yield carryOut(next.get());
            }
            case Decision.Sequence(var parts, var next) -> {
                var outcomes = new ArrayList<Outcome>(parts.size());
                parts.forEach(part -> outcomes.add(carryOut(part.get())));
                yield carryOut(next.apply(outcomes));
            }
        };
    }

    private void emit(RegistryEvent event) {
        switch (event) {
            case InstanceFact fact -> emit(fact);
            case SelfPreservationEntered entered -> record(entered);
            default -> recordOwn(event);
        }
    }

    /** Records an event of an instance, after the pending observations of the instance. */
    private void emit(InstanceFact fact) {
        var instance = state.find(fact.id());
        if (instance != null) {
            applyPending(instance);
        }
        recordOwn(fact);
        if (selfPreservationDecider.isOver(fact.service())) {
            record(selfPreservationDecider.exit(fact.service()));
        }
    }

    /** Records an event that the present command's result names. */
    private void recordOwn(RegistryEvent event) {
        eventOf[commandIndex] = events;
        record(event);
    }

    private void record(RegistryEvent event) {
        events++;
        recorder.accept(event);
    }

    /** Returns the id of the instance whose health or circuit breaker a command evaluates; null if it does neither. */
    private static @Nullable String evaluatedInstance(ShardCommand command) {
        return switch (command) {
            case RenewLease renew when renew.kind().isResult() -> renew.id();
            case RecordCheck check -> check.id();
            case ReportCalls report -> report.id();
            default -> null;
        };
    }

    /**
     * Applies the pending observations if any of them counts for the instance's health or circuit breaker, so that both
     * are current. Pending renewals affect neither and may stay pending.
     */
    private void applyCounted(String id) {
        var instance = state.find(id);
        if (instance != null && pending.hasCounted(instance)) {
            flush();
        }
    }

    private void applyPending(Instance instance) {
        if (pending.hasPending(instance)) {
            flush();
        }
    }

    private void flush() {
        if (pending.flush(events, recorder)) {
            events++;
        }
    }

    private void takeCheckpoint() {
        boolean requested = commands.stream().anyMatch(TakeCheckpoint.class::isInstance);
        (requested ? checkpointPolicy.chunks(state) : checkpointPolicy.ifDue(state)).forEach(this::record);
        for (int i = 0; requested && i < eventOf.length; i++) {
            if (commands.get(i) instanceof TakeCheckpoint) {
                eventOf[i] = events - 1;
            }
        }
    }
}
