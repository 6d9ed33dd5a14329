package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.shard.CommandResult;
import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.command.batching.InboundTrafficMonitor.InboundTraffic;
import dev.aicore.discovery.command.shard.InMemoryShard;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.DurableResult;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** Command gateway for in-memory shards, whose positions start at 1. */
public final class InMemoryCommandGateway {

    private static final int SHARDS = 4;

    private final List<InMemoryShard> shards =
            Stream.generate(InMemoryShard::new).limit(SHARDS).toList();
    private long position;

    private InMemoryCommandGateway() {}

    public static CommandGateway on(TimeSource time) {
        var memory = new InMemoryCommandGateway();
        return new CommandGateway(
                SHARDS,
                outcomePublisher -> new OwnedShards(
                        SHARDS,
                        new WriteSettings("postgres", Duration.ZERO, 64, 1_000, 20_000, 5_000, DataSize.ofMegabytes(1)),
                        ShardLoadSettings.defaults(),
                        100_000,
                        Duration.ofSeconds(30),
                        (batch, keys) -> memory.decide(batch),
                        new LeaseClock(time, Instant.EPOCH),
                        time,
                        InboundTraffic.immediate(),
                        outcomePublisher),
                () -> {},
                time);
    }

    private synchronized DurableResult<List<CommandResult>> decide(DecideBatch batch) {
        var shard = shards.get(ShardPartitioner.streamNumber(batch.shard()));
        int before = shard.events();
        var settled = shard.decide(batch);
        int events = shard.events() - before;
        long first = position + 1;
        position += events;
        var appendResult = events == 0 ? null : new AppendResult(first, events, batch.decidedAt());
        return new DurableResult<>(settled, appendResult);
    }
}
