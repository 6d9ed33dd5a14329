package dev.aicore.discovery.command.batching;

import static dev.aicore.discovery.command.batching.ShardBatcherBuilder.aShardBatcher;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.ExtendLeases;
import dev.aicore.discovery.api.shard.FindMonitoredInstances;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Lease.Phase;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseExpirerTest {

    private static final Duration TTL = Duration.ofSeconds(5);
    private static final EventMetadata BY = EventMetadata.ofRegistry("test");

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final LeaseClock clock = new LeaseClock(time, Instant.EPOCH);
    private final LeaseIndex leases = new LeaseIndex(2, 1_000, clock);
    private final FakeShardDispatcher shard = new FakeShardDispatcher();
    private final FakeShardDispatcher other = new FakeShardDispatcher();
    private final OutcomePublisher outcomePublisher = new OutcomePublisher();
    private final ShardBatcher shardBatcher = newBatcher(0, shard);
    private final ShardBatcher othersCollector = newBatcher(1, other);
    private final AtomicLong refusals = new AtomicLong();
    private CompletableFuture<Void> allRead = CompletableFuture.completedFuture(null);
    private final LeaseExpirer keeper = new LeaseExpirer(
            List.of(shardBatcher, othersCollector),
            leases,
            clock,
            time,
            Duration.ofSeconds(1),
            new InboundTraffic(refusals::get, () -> allRead, TTL.multipliedBy(3)),
            1);

    LeaseExpirerTest() {
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

    @Test
    void expiryProposal_isMadeAtDueTimeNotBefore() {
        long granted = clock.millis();
        advanceInTicks(TTL.minusMillis(100));
        assertThat(shard.items()).isEmpty();
        advanceInTicks(Duration.ofMillis(300));
        await().until(() -> !shard.items().isEmpty());
        assertThat(shard.items()).singleElement().isInstanceOfSatisfying(ExpireLeases.class, proposal -> {
            assertThat(proposal.ids()).containsExactly("a");
            assertThat(proposal.proposedAt()).isBetween(granted + TTL.toMillis(), clock.millis());
        });
    }

    @Test
    void pause_extendsLeasesBeforeExpiryProposal() {
        advanceInTicks(Duration.ofSeconds(3));
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        await().until(() -> shard.items().size() == 1);
        assertThat(onlyExtension().cause()).isEqualTo("pause");
        await().until(() -> isExtensionRecorded());
        assertNextProposalAfterFullTtl();
    }

    @Test
    void storeOutage_suspendsProposalsAndExtendsLeases() {
        keeper.storeUnavailable();
        advanceInTicks(TTL.multipliedBy(2));
        assertThat(shard.items()).isEmpty();
        keeper.storeRecovered();
        keeper.tick();
        await().until(() -> !shard.items().isEmpty());
        assertThat(onlyExtension().cause()).isEqualTo("store_outage");
    }

    @Test
    void refusedConnections_suspendProposalsAndExtendLeases() {
        for (int refused = 0; refused < 2 * TTL.toSeconds(); refused++) {
            refusals.incrementAndGet();
            advanceInTicks(Duration.ofMillis(900));
        }
        assertThat(shard.items()).isEmpty();
        advanceInTicks(Duration.ofMillis(300));
        await().until(() -> !shard.items().isEmpty());
        assertThat(onlyExtension().cause()).isEqualTo("connections_refused");
        await().until(() -> isExtensionRecorded());
        assertNextProposalAfterFullTtl();
    }

    @Test
    void expiryProposal_waitsForUnreadRequests() {
        allRead = new CompletableFuture<>();
        advanceInTicks(TTL.plusMillis(300));
        assertThat(shard.items()).isEmpty();
        allRead.complete(null);
        await().until(() -> !shard.items().isEmpty());
        assertThat(shard.items()).singleElement().isInstanceOf(ExpireLeases.class);
    }

    @Test
    void delayedRequests_suspendProposalsAndExtendLeases() {
        allRead = new CompletableFuture<>();
        advanceInTicks(TTL.plusMillis(1_300));
        allRead.complete(null);
        advanceInTicks(Duration.ofMillis(900));
        assertThat(shard.items()).isEmpty();
        advanceInTicks(Duration.ofMillis(300));
        await().until(() -> !shard.items().isEmpty());
        assertThat(onlyExtension().cause()).isEqualTo("requests_delayed");
        await().until(() -> isExtensionRecorded());
        assertNextProposalAfterFullTtl();
    }

    @Test
    void lastingConnectionRefusals_suspendExpiryForLimitedTime() {
        for (int refused = 0; refused < 3 * TTL.toSeconds(); refused++) {
            refusals.incrementAndGet();
            advanceInTicks(Duration.ofSeconds(1));
        }
        assertThat(shard.items()).isEmpty();
        await().until(() -> {
            refusals.incrementAndGet();
            advanceInTicks(Duration.ofSeconds(1));
            return !shard.items().isEmpty();
        });
        assertThat(shard.items().getFirst()).isInstanceOf(ExpireLeases.class);
    }

    @Test
    void failedExtension_isRetriedBeforeExpiryProposal() {
        shard.failure = new IllegalStateException("the store is away");
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        await().until(() -> shard.items().size() == 1);
        shard.failure = null;
        await().until(() -> {
            advanceInTicks(Duration.ofMillis(200));
            return shard.items().size() == 2;
        });
        assertThat(shard.items()).allMatch(ExtendLeases.class::isInstance);
    }

    @Test
    void repeatedlyFailedExtension_isRetriedWithBackoff() {
        shard.failure = new IllegalStateException("the store takes no append");
        time.pass(Duration.ofMinutes(1));
        for (int tick = 0; tick < 600; tick++) {
            advanceInTicks(LeaseExpirer.TICK);
            var behind = shardBatcher.submit(new ExpireLeases(List.of(), Long.MAX_VALUE));
            assertThatThrownBy(behind::join).isInstanceOf(CompletionException.class);
        }
        assertThat(shard.items()).filteredOn(ExtendLeases.class::isInstance).hasSizeBetween(10, 15);
    }

    /** The heartbeat was in the batch that hung; the proposal waited behind that batch. */
    @Test
    void lostBatch_discardsQueuedProposalAndExtendsLeases() {
        shard.hold();
        var lost = shardBatcher.submit(heartbeat());
        await().until(() -> shard.items().size() == 1);
        advanceInTicks(TTL.plusMillis(300));
        shard.failure = new IllegalStateException("cancelled");
        shard.release();
        assertThatThrownBy(lost::join).isInstanceOf(CompletionException.class);
        shard.failure = null;
        await().until(() -> {
            keeper.tick();
            return shard.items().size() == 2;
        });
        assertThat(shard.items().getLast())
                .isInstanceOfSatisfying(
                        ExtendLeases.class,
                        extension -> assertThat(extension.cause()).isEqualTo("store_outage"));
        await().until(() -> isExtensionRecorded());
        assertNextProposalAfterFullTtl();
    }

    /** The failing shard is sent its lease extension repeatedly; the other shard has missed no heartbeats. */
    @Test
    void failedShard_doesNotAffectLeasesOfOtherShards() {
        other.failure = new IllegalStateException("it can't be loaded");
        assertThatThrownBy(othersCollector.submit(heartbeat())::join).isInstanceOf(CompletionException.class);

        await().until(() -> {
            advanceInTicks(Duration.ofMillis(500));
            return !shard.items().isEmpty();
        });

        assertThat(shard.items()).allMatch(ExpireLeases.class::isInstance);
        assertThat(other.items().stream().skip(1)).isNotEmpty().allMatch(ExtendLeases.class::isInstance);
    }

    @Test
    void failedExtension_suspendsProposalsOfThatShardOnly() {
        leases.update(1, new Outcome.Leases(List.of(new Lease("b", 0, Phase.LIVE, clock.millis() + TTL.toMillis()))));
        other.failure = new IllegalStateException("it can't be loaded");
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        await().until(() -> shard.items().size() == 1 && isExtensionRecorded());
        assertThat(onlyExtension().cause()).isEqualTo("pause");

        await().until(() -> {
            advanceInTicks(Duration.ofMillis(500));
            return shard.items().size() == 2;
        });

        assertThat(shard.items().getLast()).isInstanceOf(ExpireLeases.class);
        assertThat(other.items()).isNotEmpty().allMatch(ExtendLeases.class::isInstance);
        other.failure = null;
        await().until(() -> {
            advanceInTicks(Duration.ofMillis(500));
            return other.items().getLast() instanceof ExpireLeases;
        });
    }

    /** An instance that is not known to have checks gets no renewals from passed checks. */
    @Test
    void lostMonitoringLookup_extendsLeases() {
        shard.failure = new IllegalStateException("it can't be loaded");
        assertThatThrownBy(shardBatcher.submit(new FindMonitoredInstances(null))::join)
                .isInstanceOf(CompletionException.class);
        shard.failure = null;
        keeper.tick();

        await().until(() -> shard.items().size() == 2);
        assertThat(shard.items().getLast()).isInstanceOf(ExtendLeases.class);
    }

    /**
     * The recorded time bounds the sum of all extensions. A jump of the wall clock prevents no heartbeat from being
     * received.
     */
    @Test
    void listeningHistory_recordsDurationOfEachGap() {
        keeper.watch();
        keeper.stop();
        long began = clock.millis();
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        keeper.storeUnavailable();
        time.pass(Duration.ofSeconds(20));
        keeper.storeUnavailable();
        time.pass(Duration.ofSeconds(20));
        keeper.storeRecovered();
        shard.failure = new IllegalStateException("it can't be loaded");
        time.pass(Duration.ofSeconds(7));
        assertThatThrownBy(shardBatcher.submit(heartbeat())::join).isInstanceOf(CompletionException.class);
        time.jump(Duration.ofHours(1));
        keeper.tick();

        assertThat(leases.listening(0).known().listenedUntil(began, 3_000)).isEqualTo(began + 107_000 + 3_000);
        assertThat(leases.listening(1).known().listenedUntil(began, 3_000)).isEqualTo(began + 107_000 + 3_000);
        assertThat(leases.listening(0).known().gaps()).hasSize(3);
    }

    @Test
    void failedProposal_isRetried() {
        shard.failure = new IllegalStateException("the store is away");
        advanceInTicks(TTL.plusMillis(300));
        await().until(() -> shard.items().size() == 1);
        shard.failure = null;
        await().until(() -> {
            advanceInTicks(Duration.ofMillis(200));
            return shard.items().size() == 2;
        });
        assertThat(shard.items()).allMatch(ExpireLeases.class::isInstance);
    }

    /** No heartbeat could be received during the start, however long it took. */
    @Test
    void start_longerThanTtl_grantsFullTtlFromEnd() {
        keeper.start();
        time.pass(TTL.multipliedBy(2));
        keeper.watch();
        await().until(() -> shard.items().size() == 2 && isExtensionRecorded());
        assertThat(shard.items()).allMatch(ExtendLeases.class::isInstance);
        assertThat(requireNonNull(leases.find("a")).dueAt).isEqualTo(clock.millis() + TTL.toMillis());
    }

    /** Holds whenever the shard receives the proposal, which contains the time it was made. */
    private void assertNextProposalAfterFullTtl() {
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

    private boolean isExtensionRecorded() {
        var trackedLease = leases.find("a");
        return trackedLease != null && trackedLease.dueAt > clock.millis();
    }

    private ExtendLeases onlyExtension() {
        assertThat(shard.items()).hasSize(1);
        return (ExtendLeases) shard.items().getFirst();
    }

    private ShardBatcher newBatcher(int of, FakeShardDispatcher deciding) {
        return aShardBatcher(deciding, clock, time, leases)
                .shard(of)
                .publisher(outcomePublisher)
                .build();
    }

    private RenewLease heartbeat() {
        return new RenewLease("a", ObservationKind.RENEWED, clock.millis(), BY);
    }

    private Lease leaseFromNow() {
        return new Lease("a", 0, Phase.LIVE, clock.millis() + TTL.toMillis());
    }

    private void advanceInTicks(Duration duration) {
        for (long passed = 0; passed < duration.toMillis(); passed += 100) {
            time.pass(Duration.ofMillis(100));
            keeper.tick();
        }
    }
}
