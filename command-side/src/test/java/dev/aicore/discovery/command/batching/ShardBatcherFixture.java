package dev.aicore.discovery.command.batching;

import static dev.aicore.discovery.command.batching.ShardBatcherBuilder.aShardBatcher;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Batcher of one shard, with batches of up to 100 commands and a queue of 500. */
abstract class ShardBatcherFixture {

    final SystemTimeSource time = new SystemTimeSource();
    final LeaseClock clock = new LeaseClock(time, Instant.EPOCH);
    final FakeShardDispatcher shard = new FakeShardDispatcher();
    final LeaseIndex leases = new LeaseIndex(1, 1_000, clock);
    final OutcomePublisher outcomePublisher = new OutcomePublisher();

    /** Number of batches that lingered; only lingering requests the time. */
    final AtomicInteger lingered = new AtomicInteger();

    final ShardBatcher shardBatcher = aShardBatcher(
                    shard,
                    clock,
                    new TimeSource() {
                        @Override
                        public Instant now() {
                            return time.now();
                        }

                        @Override
                        public long nanos() {
                            lingered.incrementAndGet();
                            return time.nanos();
                        }
                    },
                    leases)
            .maxLinger(Duration.ofMillis(50))
            .maxBatchSize(100)
            .maxQueueSize(500)
            .publisher(outcomePublisher)
            .build();

    @BeforeEach
    void start() {
        Thread.ofVirtual().start(shardBatcher);
    }

    @AfterEach
    void stop() {
        shard.release();
        shardBatcher.close();
    }

    static RenewLease heartbeat(int i) {
        return new RenewLease("i" + i, ObservationKind.RENEWED, i, EventMetadata.ofRegistry("test"));
    }

    static List<ShardCommand> heartbeats(int from, int to) {
        return IntStream.range(from, to)
                .<ShardCommand>mapToObj(ShardBatcherFixture::heartbeat)
                .toList();
    }
}
