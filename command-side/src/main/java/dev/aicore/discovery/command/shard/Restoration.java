package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Outcome.Restored.Brought;
import dev.aicore.discovery.api.shard.RestoreService;
import dev.aicore.discovery.api.shard.RestoreService.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service becomes what it was by the changes that anybody could ask for, each by its own rules. */
final class Restoration {

    private final Decision decision;
    private final List<Outcome> done = new ArrayList<>();

    Restoration(Decision decision) {
        this.decision = decision;
    }

    Outcome settle(RestoreService asked) {
        var instances = asked.steps().stream().map(this::bring).toList();
        return new Outcome.Restored(asked.point(), instances, done);
    }

    private Brought bring(Step step) {
        var refused = step.refused() == null ? refusal(step) : step.refused();
        return refused == null
                ? Brought.of(step.id(), step.difference(), !step.changes().isEmpty())
                : new Brought(step.id(), step.difference(), refused.code().code(), refused.detail());
    }

    /** Why a change was refused, behind which nothing is done about the instance; null if none was. */
    private Outcome.@Nullable Refused refusal(Step step) {
        for (var change : step.changes()) {
            var outcome = decision.settle(change);
            if (outcome instanceof Outcome.Refused refused) {
                return refused;
            }
            done.add(outcome);
        }
        return null;
    }
}
