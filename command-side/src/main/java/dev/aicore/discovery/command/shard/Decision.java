package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.RegistryEvent;
import dev.aicore.discovery.command.shard.PendingObservations.Observation;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decision about a command: the observations and events that it causes, and its outcome. A decider only returns
 * decisions. {@link BatchDecider} records their events and folds them into the state, step by step.
 *
 * @see <a href="https://thinkbeforecoding.com/post/2021/12/17/functional-event-sourcing-decider">Functional Event
 *     Sourcing Decider</a>
 */
sealed interface Decision {

    /** End of a decision. */
    record Result(Outcome outcome) implements Decision {}

    /**
     * Observations and then events, followed by the rest of the decision.
     *
     * @param next returns the rest; called once, when the state contains the events and the observations are pending
     */
    record Step(List<Observation> observations, List<? extends RegistryEvent> events, Supplier<Decision> next)
            implements Decision {}

    /**
     * Decisions about several parts of a command, followed by the rest of the decision.
     *
     * @param parts each called once, when the state contains the events of all parts before
     * @param next returns the rest from the outcomes of the parts
     */
    record Sequence(List<Supplier<Decision>> parts, Function<List<Outcome>, Decision> next) implements Decision {}

    /** Returns a decision without events. */
    static Decision of(Outcome outcome) {
        return new Result(outcome);
    }

    /**
     * Returns a decision with events.
     *
     * @param outcome returns the outcome from the state that contains the events
     */
    static Decision of(List<? extends RegistryEvent> events, Supplier<Outcome> outcome) {
        return of(List.of(), events, outcome);
    }

    /**
     * Returns a decision with observations and then events.
     *
     * @param outcome returns the outcome from the state that contains the events
     */
    static Decision of(
            List<Observation> observations, List<? extends RegistryEvent> events, Supplier<Outcome> outcome) {
        return new Step(observations, events, () -> new Result(outcome.get()));
    }

    /** Returns this decision, followed by a decision that depends on its outcome. */
    default Decision then(Function<Outcome, Decision> following) {
        return switch (this) {
            case Result(var outcome) -> following.apply(outcome);
            case Step(var observations, var events, var next) ->
                new Step(observations, events, () -> next.get().then(following));
            case Sequence(var parts, var next) ->
                new Sequence(parts, outcomes -> next.apply(outcomes).then(following));
        };
    }
}
