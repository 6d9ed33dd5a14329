package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.Outcome.Restored;
import dev.aicore.discovery.api.Outcome.Restored.RestoredInstance;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.restore.RestoreServiceInstances;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.RestorePoint;
import dev.aicore.discovery.api.restore.RestoreServiceInstances.Step;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides the restore of a service as a sequence of ordinary commands, each under its own rules. */
final class RestoreDecider {

    private final Function<ShardCommand, Decision> commandDecider;

    /**
     * Creates a decider.
     *
     * @param commandDecider decides the commands that a restore consists of
     */
    RestoreDecider(Function<ShardCommand, Decision> commandDecider) {
        this.commandDecider = commandDecider;
    }

    Decision decide(RestoreServiceInstances command) {
        var parts = command.steps().stream()
                .<Supplier<Decision>>map(step -> () -> restore(command.point(), step))
                .toList();
        return new Decision.Sequence(parts, outcomes -> Decision.of(combined(command.point(), outcomes)));
    }

    private static Restored combined(RestorePoint point, List<Outcome> outcomes) {
        var restored = outcomes.stream().map(Restored.class::cast).toList();
        return new Restored(
                point,
                restored.stream().flatMap(one -> one.instances().stream()).toList(),
                restored.stream().flatMap(one -> one.done().stream()).toList());
    }

    private Decision restore(RestorePoint point, Step step) {
        return step.refused() == null
                ? restore(point, step, List.of())
                : Decision.of(outcome(point, step, step.refused(), List.of()));
    }

    /**
     * Decides the changes of a step that are left. After a refusal the instance is not changed further.
     *
     * @param done outcomes of the changes before
     */
    private Decision restore(RestorePoint point, Step step, List<Outcome> done) {
        if (done.size() == step.changes().size()) {
            return Decision.of(outcome(point, step, null, done));
        }
        return commandDecider
                .apply(step.changes().get(done.size()))
                .then(outcome -> outcome instanceof Outcome.Refused refused
                        ? Decision.of(outcome(point, step, refused, done))
                        : restore(
                                point,
                                step,
                                Stream.concat(done.stream(), Stream.of(outcome)).toList()));
    }

    private static Restored outcome(
            RestorePoint point, Step step, Outcome.@Nullable Refused refused, List<Outcome> done) {
        var instance = refused == null
                ? RestoredInstance.of(
                        step.id(), step.difference(), !step.changes().isEmpty())
                : new RestoredInstance(
                        step.id(), step.difference(), refused.code().code(), refused.detail());
        return new Restored(point, List.of(instance), done);
    }
}
