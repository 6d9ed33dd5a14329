package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.command.instance.TestDeclarationMerger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.axonframework.messaging.Message;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.axonframework.test.matchers.Matchers;

/** Tests a shard in the form: given events, when a batch is decided, then events and outcomes. */
final class ShardFixture {

    private final AggregateTestFixture<RegistryShard> fixture = new AggregateTestFixture<>(RegistryShard.class);
    private TestExecutor<RegistryShard> given;

    private ShardFixture(ShardPolicies shardPolicies, Object... events) {
        fixture.registerInjectableResource(shardPolicies);
        fixture.registerInjectableResource(TestDeclarationMerger.usual());
        // Axon compares entities by equals(), which they lack; ShardPropertyTest compares live and folded states.
        fixture.setReportIllegalStateChange(false);
        var all = new ArrayList<Object>(List.of(ShardSamples.OPENED));
        all.addAll(Arrays.asList(events));
        given = fixture.given(all);
    }

    static ShardFixture given(Object... events) {
        return new ShardFixture(ShardHarness.LONE, events);
    }

    /** Creates a fixture with other policies than those under which instances are independent. */
    static ShardFixture givenUnder(ShardPolicies shardPolicies, Object... events) {
        return new ShardFixture(shardPolicies, events);
    }

    ShardFixture after(Instant at, ShardCommand... items) {
        given = given.andGivenCommands(batch(at, List.of(items)));
        return this;
    }

    Then when(Instant at, ShardCommand... items) {
        return when(at, List.of(items));
    }

    Then when(Instant at, List<ShardCommand> items) {
        return new Then(given.when(batch(at, items)).expectSuccessfulHandlerExecution());
    }

    private static DecideBatch batch(Instant at, List<? extends ShardCommand> items) {
        return new DecideBatch(ShardSamples.SHARD, at, List.copyOf(items));
    }

    /** Result of the batch, to be compared with expectations. */
    record Then(ResultValidator<RegistryShard> result) {

        Then events(Object... events) {
            result.expectEvents(events);
            return this;
        }

        Then nothing() {
            result.expectNoEvents();
            return this;
        }

        Then answers(CommandResult... expected) {
            result.expectResultMessagePayload(List.of(expected));
            return this;
        }

        Then refusals(ErrorCode... expected) {
            result.expectResultMessageMatching(Matchers.predicate(message -> {
                var settled = settled(message);
                return settled.stream().allMatch(one -> one.event() == -1)
                        && settled.stream()
                                .map(one -> ((Outcome.Refused) one.outcome()).code())
                                .toList()
                                .equals(List.of(expected));
            }));
            return this;
        }

        Then leases(Lease... expected) {
            result.expectResultMessageMatching(Matchers.predicate(
                    message -> ((Outcome.Leases) settled(message).getLast().outcome())
                            .leases()
                            .equals(List.of(expected))));
            return this;
        }

        /** Expects the outcome of a restore, and the number of its event. */
        Then restored(int event, Outcome.Restored.RestoredInstance... expected) {
            result.expectResultMessageMatching(Matchers.predicate(message -> {
                var commandResult = settled(message).getLast();
                return commandResult.event() == event
                        && ((Outcome.Restored) commandResult.outcome())
                                .instances()
                                .equals(List.of(expected));
            }));
            return this;
        }

        Then changes(Outcome.Change... expected) {
            result.expectResultMessageMatching(Matchers.predicate(message -> settled(message).stream()
                    .map(one -> ((Outcome.Stored) one.outcome()).change())
                    .toList()
                    .equals(List.of(expected))));
            return this;
        }

        private static List<CommandResult> settled(Object message) {
            var payload = Objects.requireNonNull(((Message<?>) message).getPayload());
            return ((List<?>) payload).stream().map(CommandResult.class::cast).toList();
        }
    }
}
