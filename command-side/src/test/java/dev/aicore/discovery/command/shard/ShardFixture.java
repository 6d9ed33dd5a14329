package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.Settled;
import dev.aicore.discovery.command.instance.Merging;
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

/** Given what has happened to an open shard, when it decides a batch, then these events and answers. */
final class ShardFixture {

    private final AggregateTestFixture<RegistryShard> fixture = new AggregateTestFixture<>(RegistryShard.class);
    private TestExecutor<RegistryShard> given;

    private ShardFixture(Rules rules, Object... events) {
        fixture.registerInjectableResource(rules);
        fixture.registerInjectableResource(Merging.usual());
        // Its comparison asks equals() of entities that have none; ShardPropertyTest compares live and folded states.
        fixture.setReportIllegalStateChange(false);
        var all = new ArrayList<Object>(List.of(Samples.OPENED));
        all.addAll(Arrays.asList(events));
        given = fixture.given(all);
    }

    static ShardFixture given(Object... events) {
        return new ShardFixture(Play.LONE, events);
    }

    /** The same, by other rules than those by which each instance fares as if it were alone. */
    static ShardFixture givenUnder(Rules rules, Object... events) {
        return new ShardFixture(rules, events);
    }

    ShardFixture after(Instant at, Item... items) {
        given = given.andGivenCommands(batch(at, List.of(items)));
        return this;
    }

    Then when(Instant at, Item... items) {
        return when(at, List.of(items));
    }

    Then when(Instant at, List<Item> items) {
        return new Then(given.when(batch(at, items)).expectSuccessfulHandlerExecution());
    }

    private static DecideBatch batch(Instant at, List<? extends Item> items) {
        return new DecideBatch(Samples.SHARD, at, List.copyOf(items));
    }

    /** What came of it. */
    record Then(ResultValidator<RegistryShard> result) {

        Then events(Object... events) {
            result.expectEvents(events);
            return this;
        }

        Then nothing() {
            result.expectNoEvents();
            return this;
        }

        Then answers(Settled... expected) {
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

        /** Of a restore; and the event that its answer names. */
        Then brought(int event, Outcome.Restored.Brought... expected) {
            result.expectResultMessageMatching(Matchers.predicate(message -> {
                var settled = settled(message).getLast();
                return settled.event() == event
                        && ((Outcome.Restored) settled.outcome()).instances().equals(List.of(expected));
            }));
            return this;
        }

        Then changes(Outcome.Change... expected) {
            result.expectResultMessageMatching(Matchers.predicate(message -> settled(message).stream()
                    .map(one -> ((Outcome.Held) one.outcome()).change())
                    .toList()
                    .equals(List.of(expected))));
            return this;
        }

        private static List<Settled> settled(Object message) {
            var payload = Objects.requireNonNull(((Message<?>) message).getPayload());
            return ((List<?>) payload).stream().map(Settled.class::cast).toList();
        }
    }
}
