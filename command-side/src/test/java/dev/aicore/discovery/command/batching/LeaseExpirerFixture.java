package dev.aicore.discovery.command.batching;

import static dev.aicore.discovery.command.batching.ShardBatcherBuilder.aShardBatcher;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.lease.ExpireLeases;
import dev.aicore.discovery.api.lease.ExtendLeases;
import dev.aicore.discovery.api.lease.Lease;
import dev.aicore.discovery.api.lease.Lease.Phase;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.command.batching.InboundTrafficMonitor.InboundTraffic;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;

/** Two shards whose leases expire by a time that the test controls; the first one has an instance {@code a}. */
abstract class LeaseExpirerFixture {

    static final Duration TTL = Duration.ofSeconds(5);
    static final EventMetadata BY = EventMetadata.ofRegistry("test");

    final ManualTimeSource time = ManualTimeSource.atNoon();
    final LeaseClock clock = new LeaseClock(time, Instant.EPOCH);
    final LeaseIndex leases = new LeaseIndex(2, 1_000, clock);
    final FakeShardDispatcher shard = new FakeShardDispatcher();
    final FakeShardDispatcher other = new FakeShardDispatcher();
    final OutcomePublisher outcomePublisher = new OutcomePublisher();
    final ShardBatcher shardBatcher = newBatcher(0, shard);
    final ShardBatcher othersCollector = newBatcher(1, other);
    final AtomicLong refusals = new AtomicLong();
    CompletableFuture<Void> allRead = CompletableFuture.completedFuture(null);

    final LeaseExpirer keeper = new LeaseExpirer(
            List.of(shardBatcher, othersCollector),
            leases,
            clock,
            time,
            Duration.ofSeconds(1),
            new InboundTraffic(refusals::get, () -> allRead, TTL.multipliedBy(3)),
            1);

    LeaseExpirerFixture() {
        shard.outcome = command -> switch (command) {
            case ExtendLeases extension -> new Outcome.Leases(List.of(leaseFromNow()));
            case ExpireLeases expire ->
                new Outcome.Leases(List.of(new Lease("a", -1, Phase.FORGOTTEN, Long.MAX_VALUE)));
            case RenewLease _ -> new Outcome.Renewed(leaseFromNow(), false);
            default -> throw new IllegalArgumentException(command.toString());
        };
        other.outcome = item -> new Outcome.Leases(List.of());
        outcomePublisher.add(keeper);
        Thread.ofVirtual().start(shardBatcher);
        Thread.ofVirtual().start(othersCollector);
        shardBatcher.submit(new ExtendLeases("start", "test")).join();
        shard.batches.clear();
    }

    @AfterEach
    void stop() {
        shard.release();
        keeper.stop();
        shardBatcher.close();
        othersCollector.close();
    }

    /** Holds whenever the shard receives the proposal, which contains the time it was made. */
    void assertNextProposalAfterFullTtl() {
        long granted = clock.millis();
        int before = shard.items().size();
        advanceInTicks(TTL.plusMillis(200));
        await().until(() -> {
            keeper.tick();
            return shard.items().size() > before;
        });
        assertThat(shard.items().get(before))
                .isInstanceOfSatisfying(
                        ExpireLeases.class,
                        proposal ->
                                assertThat(proposal.proposedAt()).isBetween(granted + TTL.toMillis(), clock.millis()));
        assertThat(shard.items()).hasSize(before + 1);
    }

    boolean isExtensionRecorded() {
        var trackedLease = leases.find("a");
        return trackedLease != null && trackedLease.dueAt > clock.millis();
    }

    ShardBatcher newBatcher(int of, FakeShardDispatcher deciding) {
        return aShardBatcher(deciding, clock, time, leases)
                .shard(of)
                .publisher(outcomePublisher)
                .build();
    }

    RenewLease heartbeat() {
        return new RenewLease("a", ObservationKind.RENEWED, clock.millis(), BY);
    }

    private Lease leaseFromNow() {
        return new Lease("a", 0, Phase.LIVE, clock.millis() + TTL.toMillis());
    }

    void advanceInTicks(Duration duration) {
        for (long passed = 0; passed < duration.toMillis(); passed += 100) {
            time.pass(Duration.ofMillis(100));
            keeper.tick();
        }
    }
}
