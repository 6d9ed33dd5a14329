package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Restored.RestoredInstance;
import dev.aicore.discovery.api.shard.RestoreServiceInstances;
import dev.aicore.discovery.api.shard.RestoreServiceInstances.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides the restore of a service as a sequence of ordinary commands, each under its own rules. */
final class RestoreDecider {

    private final BatchDecider batchDecider;
    private final List<Outcome> outcomes = new ArrayList<>();

    RestoreDecider(BatchDecider batchDecider) {
        this.batchDecider = batchDecider;
    }

    Outcome decide(RestoreServiceInstances command) {
        var instances = command.steps().stream().map(this::restore).toList();
        return new Outcome.Restored(command.point(), instances, outcomes);
    }

    private RestoredInstance restore(Step step) {
        var refused = step.refused() == null ? refusal(step) : step.refused();
        return refused == null
                ? RestoredInstance.of(
                        step.id(), step.difference(), !step.changes().isEmpty())
                : new RestoredInstance(
                        step.id(), step.difference(), refused.code().code(), refused.detail());
    }

    /**
     * Decides the changes of a step. Returns the first refusal, after which the instance is not changed further; null
     * if no change was refused.
     */
    private Outcome.@Nullable Refused refusal(Step step) {
        for (var change : step.changes()) {
            var outcome = batchDecider.decideCommand(change);
            if (outcome instanceof Outcome.Refused refused) {
                return refused;
            }
            outcomes.add(outcome);
        }
        return null;
    }
}
