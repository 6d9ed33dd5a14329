package dev.aicore.discovery.command.batching;

import static dev.aicore.discovery.command.batching.ShardBatcherBuilder.aShardBatcher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.status.ComponentStatus.FailedShard;
import dev.aicore.discovery.command.batching.InboundTrafficMonitor.InboundTraffic;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import dev.aicore.discovery.eventstore.axon.AggregateLoadException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that a shard that can't be loaded fails alone, is loaded rarely, and recovers automatically. */
class ShardLoadStateTest {

    private static final Instant T = Instant.parse("2026-12-01T12:00:00Z");
    private final AggregateLoadException damage = new AggregateLoadException(
            "shard-0", 42L, new IllegalStateException("the event at position 42 can't be read."));

    private final ManualTimeSource time = new ManualTimeSource(T);
    private final LeaseClock clock = new LeaseClock(time, Instant.EPOCH);
    private final LeaseIndex leases = new LeaseIndex(2, 1_000, clock);
    private final OutcomePublisher outcomePublisher = new OutcomePublisher();
    private final FakeShardDispatcher damaged = new FakeShardDispatcher();
    private final FakeShardDispatcher sound = new FakeShardDispatcher();
    private final List<ShardBatcher> shards = List.of(newBatcher(0, damaged), newBatcher(1, sound));
    private final LeaseExpirer keeper =
            new LeaseExpirer(shards, leases, clock, time, Duration.ofSeconds(1), InboundTraffic.immediate(), 3);

    @BeforeEach
    void start() {
        outcomePublisher.add(keeper);
        shards.forEach(shard -> Thread.ofVirtual().start(shard));
        damaged.outcome = ShardLoadStateTest::outcome;
        sound.outcome = ShardLoadStateTest::outcome;
    }

    @AfterEach
    void stop() {
        keeper.stop();
        shards.forEach(ShardBatcher::close);
    }

    @Test
    void start_withUnloadableShard_continues() {
        damaged.failure = damage;

        keeper.start();

        assertThat(sound.items()).hasSize(1);
        assertThat(damaged.items()).as("attempts to load the damaged shard").hasSize(1);
        assertThat(shards.getFirst().loading().status())
                .contains(new FailedShard("shard-0", 42L, String.valueOf(damage.getMessage()), T));
        assertThat(shards.getLast().loading().status()).isEmpty();
        assertThat(shards.getLast().submit(heartbeat()).join().outcome()).isInstanceOf(Outcome.Renewed.class);
    }

    @Test
    void transientLoadFailure_isRetriedBeforeShardFails() {
        damaged.failure = StoreUnavailableException.nothingDone("The event store can't be read.", null);

        keeper.start();

        assertThat(damaged.items()).hasSize(3);
        assertThat(shards.getFirst().loading().status().orElseThrow().position())
                .isNull();
        assertThat(sound.items()).hasSize(1);
    }

    @Test
    void command_toFailedShard_isRefusedWithoutLoadingUntilRetryInterval() {
        damaged.failure = damage;
        keeper.start();

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> shards.getFirst().submit(heartbeat()).join())
                    .cause()
                    .isInstanceOfSatisfying(RegistryException.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo(ErrorCode.SHARD_FAILED);
                        assertThat(refusal.detail()).contains("shard-0", "position 42");
                        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(10));
                    });
        }
        assertThat(damaged.items()).hasSize(1);

        time.pass(Duration.ofSeconds(10));
        assertThat(shards.getFirst().submit(heartbeat())).failsWithin(Duration.ofSeconds(30));
        assertThat(damaged.items())
                .as("only a lease extension triggers another load")
                .hasSize(1);
        assertThat(shards.getFirst().submit(new ExtendLeases("start", ""))).failsWithin(Duration.ofSeconds(30));
        assertThat(damaged.items()).hasSize(2);
        assertThat(shards.getFirst().loading().status().orElseThrow().since()).isEqualTo(T);
    }

    @Test
    void failedShard_recoversWithLeaseExtension() {
        damaged.failure = damage;
        keeper.start();
        damaged.failure = null;
        keeper.watch();
        await().until(() -> {
            time.pass(Duration.ofSeconds(1));
            keeper.tick();
            return shards.getFirst().loading().status().isEmpty();
        });
        assertThat(damaged.items().getLast()).isInstanceOf(ExtendLeases.class);
    }

    /** An id that all other shards don't know may belong to the failed shard. */
    @Test
    void unknownId_withFailedShard_isRefusedAsShardFailed() {
        damaged.failure = damage;
        keeper.start();

        var outcomes = new BatchRenewal(shards, leases, () -> {})
                .renew(List.of("nobody"), 1, EventMetadata.ofRegistry("test"))
                .join()
                .outcomes();

        assertThat(outcomes.getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SHARD_FAILED));
    }

    private ShardBatcher newBatcher(int number, FakeShardDispatcher shard) {
        return aShardBatcher(shard, clock, time, leases)
                .shard(number)
                .loadSettings(new ShardLoadSettings(3, Duration.ofSeconds(10)))
                .publisher(outcomePublisher)
                .build();
    }

    private static Outcome outcome(ShardCommand command) {
        return command instanceof RenewLease renew
                ? new Outcome.Renewed(new Lease(renew.id(), 0, Lease.Phase.LIVE, Long.MAX_VALUE), false)
                : new Outcome.Leases(List.of());
    }

    private static RenewLease heartbeat() {
        return new RenewLease("a", ObservationKind.RENEWED, 1, EventMetadata.ofRegistry("test"));
    }
}
