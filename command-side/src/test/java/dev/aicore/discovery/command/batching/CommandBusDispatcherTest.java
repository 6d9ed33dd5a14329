package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.junit.jupiter.api.Test;

class CommandBusDispatcherTest {

    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final AtomicInteger asked = new AtomicInteger();

    /** A dispatched command loads its shard, and a refused append evicts the shard again. */
    @Test
    void decide_withStoreUnavailable_dispatchesNoCommand() {
        bus.subscribe(DecideBatch.class.getName(), command -> asked.incrementAndGet());
        var dispatch = new CommandBusDispatcher(bus, () -> {
            throw StoreUnavailableException.nothingDone("away", null);
        });

        assertThatThrownBy(() ->
                        dispatch.decide(new DecideBatch(ShardPartitioner.name(0), Instant.EPOCH, List.of()), List.of()))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(asked).hasValue(0);
    }
}
