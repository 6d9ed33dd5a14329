package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Builds shard batchers whose queues are short, so that tests reach their bounds. */
final class ShardBatcherBuilder {

    private final ShardDispatcher dispatcher;
    private final LeaseClock clock;
    private final TimeSource time;
    private final LeaseIndex leases;
    private int shard;
    private Duration maxLinger = Duration.ZERO;
    private int maxBatchSize = 1_000;
    private int maxQueueSize = 1_000;
    private ShardLoadSettings loadSettings = ShardLoadSettings.defaults();
    private OutcomePublisher publisher = new OutcomePublisher();

    private ShardBatcherBuilder(ShardDispatcher dispatcher, LeaseClock clock, TimeSource time, LeaseIndex leases) {
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.time = time;
        this.leases = leases;
    }

    /** Returns a builder of a batcher of shard 0 that doesn't linger and queues 1,000 commands or 10,000 bytes. */
    static ShardBatcherBuilder aShardBatcher(
            ShardDispatcher dispatcher, LeaseClock clock, TimeSource time, LeaseIndex leases) {
        return new ShardBatcherBuilder(dispatcher, clock, time, leases);
    }

    ShardBatcherBuilder shard(int value) {
        shard = value;
        return this;
    }

    ShardBatcherBuilder maxLinger(Duration value) {
        maxLinger = value;
        return this;
    }

    ShardBatcherBuilder maxBatchSize(int value) {
        maxBatchSize = value;
        return this;
    }

    ShardBatcherBuilder maxQueueSize(int value) {
        maxQueueSize = value;
        return this;
    }

    ShardBatcherBuilder loadSettings(ShardLoadSettings value) {
        loadSettings = value;
        return this;
    }

    ShardBatcherBuilder publisher(OutcomePublisher value) {
        publisher = value;
        return this;
    }

    ShardBatcher build() {
        var settings = new WriteSettings(
                "postgres", maxLinger, 64, maxBatchSize, maxQueueSize, 5_000, DataSize.ofMegabytes(1));
        return new ShardBatcher(
                shard, settings, loadSettings, dispatcher, clock, time, leases, publisher, new QueuedByteLimit(10_000));
    }
}
