package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.junit.jupiter.api.Test;

class CommandBusDispatcherTest {

    private static final DecideBatch BATCH = new DecideBatch(ShardPartitioner.name(0), Instant.EPOCH, List.of());

    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final AtomicInteger asked = new AtomicInteger();

    /** A dispatched command loads its shard, and a refused append evicts the shard again. */
    @Test
    void decide_withStoreUnavailable_dispatchesNoCommand() {
        bus.subscribe(DecideBatch.class.getName(), command -> asked.incrementAndGet());
        var dispatch = new CommandBusDispatcher(bus, CommandBusDispatcherTest::fail, () -> {});

        assertThatThrownBy(() -> dispatch.decide(BATCH, List.of())).isInstanceOf(StoreUnavailableException.class);

        assertThat(asked).hasValue(0);
    }

    /** No append confirms a refusal, so that only the lease of the node does. */
    @Test
    void decide_withoutEventAndOwnership_fails() {
        bus.subscribe(DecideBatch.class.getName(), _ -> new DurableResult<>(List.of(), null));
        var dispatch = new CommandBusDispatcher(bus, () -> {}, CommandBusDispatcherTest::fail);

        assertThatThrownBy(() -> dispatch.decide(BATCH, List.of())).isInstanceOf(StoreUnavailableException.class);
    }

    /** The append has confirmed that this node owned the store. */
    @Test
    void decide_withEvent_doesNotAskForOwnership() {
        var durable = new DurableResult<>(List.of(), new AppendResult(1, 1, Instant.EPOCH));
        bus.subscribe(DecideBatch.class.getName(), _ -> durable);
        var dispatch = new CommandBusDispatcher(bus, () -> {}, CommandBusDispatcherTest::fail);

        assertThat(dispatch.decide(BATCH, List.of())).isSameAs(durable);
    }

    private static void fail() {
        throw StoreUnavailableException.nothingDone("away", null);
    }
}
