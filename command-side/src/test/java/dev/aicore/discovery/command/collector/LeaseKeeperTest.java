package dev.aicore.discovery.command.collector;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.shard.ExpireLeases;
import dev.aicore.discovery.api.shard.FindChecked;
import dev.aicore.discovery.api.shard.GrantGrace;
import dev.aicore.discovery.api.shard.Lease;
import dev.aicore.discovery.api.shard.Lease.Phase;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.config.settings.ShardLoadSettings;
import dev.aicore.discovery.config.settings.WriteSettings;
import dev.aicore.discovery.config.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class LeaseKeeperTest {

    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Envelope BY = Envelope.ofRegistry("test");

    private final ManualTime time = ManualTime.atNoon();
    private final LeaseClock clock = new LeaseClock(time, Instant.EPOCH);
    private final LeaseTable leases = new LeaseTable(2, 1_000, clock);
    private final FakeShard shard = new FakeShard();
    private final FakeShard other = new FakeShard();
    private final Followers followers = new Followers();
    private final Collector collector = collector(0, shard);
    private final Collector othersCollector = collector(1, other);
    private final AtomicLong refusals = new AtomicLong();
    private CompletableFuture<Void> allRead = CompletableFuture.completedFuture(null);
    private final LeaseKeeper keeper = new LeaseKeeper(
            List.of(collector, othersCollector),
            leases,
            clock,
            time,
            Duration.ofSeconds(1),
            new Reception(refusals::get, () -> allRead, TTL.multipliedBy(3)),
            1);

    LeaseKeeperTest() {
        shard.outcome = item -> switch (item) {
            case GrantGrace grace -> new Outcome.Leases(List.of(leaseFromNow()));
            case ExpireLeases expire ->
                new Outcome.Leases(List.of(new Lease("a", -1, Phase.FORGOTTEN, Long.MAX_VALUE)));
            case RenewLease _ -> new Outcome.Renewed(leaseFromNow(), false);
            default -> throw new IllegalArgumentException(item.toString());
        };
        other.outcome = item -> new Outcome.Leases(List.of());
        followers.add(keeper);
        Thread.ofVirtual().start(collector);
        Thread.ofVirtual().start(othersCollector);
        collector.submit(new GrantGrace("start", "test")).join();
        shard.batches.clear();
    }

    @AfterEach
    void stop() {
        shard.letGo();
        keeper.stop();
        collector.close();
        othersCollector.close();
    }

    @Test
    void aLeaseIsProposedWhenItsTimeHasComeAndNotBefore() {
        long granted = clock.millis();
        passInTicks(TTL.minusMillis(100));
        assertThat(shard.items()).isEmpty();
        passInTicks(Duration.ofMillis(300));
        await().until(() -> !shard.items().isEmpty());
        assertThat(shard.items()).singleElement().isInstanceOfSatisfying(ExpireLeases.class, proposal -> {
            assertThat(proposal.ids()).containsExactly("a");
            assertThat(proposal.proposedAt()).isBetween(granted + TTL.toMillis(), clock.millis());
        });
    }

    @Test
    void aPauseGrantsAGraceBeforeAnythingIsProposed() {
        passInTicks(Duration.ofSeconds(3));
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        await().until(() -> shard.items().size() == 1);
        assertThat(onlyGrace().cause()).isEqualTo("pause");
        await().until(() -> graceIsSettled());
        assertNextIsProposedAWholeTtlFromNow();
    }

    @Test
    void whileTheStoreIsAwayNothingIsProposedAndItsReturnGrantsAGrace() {
        keeper.storeIsAway();
        passInTicks(TTL.multipliedBy(2));
        assertThat(shard.items()).isEmpty();
        keeper.storeIsBack();
        keeper.tick();
        await().until(() -> !shard.items().isEmpty());
        assertThat(onlyGrace().cause()).isEqualTo("store_outage");
    }

    @Test
    void whileConnectionsAreRefusedNothingIsProposedAndTheEndOfThatGrantsAGrace() {
        for (int refused = 0; refused < 2 * TTL.toSeconds(); refused++) {
            refusals.incrementAndGet();
            passInTicks(Duration.ofMillis(900));
        }
        assertThat(shard.items()).isEmpty();
        passInTicks(Duration.ofMillis(300));
        await().until(() -> !shard.items().isEmpty());
        assertThat(onlyGrace().cause()).isEqualTo("connections_refused");
        await().until(() -> graceIsSettled());
        assertNextIsProposedAWholeTtlFromNow();
    }

    @Test
    void whatHasArrivedIsReadBeforeALeaseIsProposed() {
        allRead = new CompletableFuture<>();
        passInTicks(TTL.plusMillis(300));
        assertThat(shard.items()).isEmpty();
        allRead.complete(null);
        await().until(() -> !shard.items().isEmpty());
        assertThat(shard.items()).singleElement().isInstanceOf(ExpireLeases.class);
    }

    @Test
    void ifItIsReadTooLateNothingIsProposedAndAGraceIsGranted() {
        allRead = new CompletableFuture<>();
        passInTicks(TTL.plusMillis(1_300));
        allRead.complete(null);
        passInTicks(Duration.ofMillis(900));
        assertThat(shard.items()).isEmpty();
        passInTicks(Duration.ofMillis(300));
        await().until(() -> !shard.items().isEmpty());
        assertThat(onlyGrace().cause()).isEqualTo("requests_delayed");
        await().until(() -> graceIsSettled());
        assertNextIsProposedAWholeTtlFromNow();
    }

    @Test
    void refusalsThatGoOnKeepTheDeadForSoLongOnly() {
        for (int refused = 0; refused < 3 * TTL.toSeconds(); refused++) {
            refusals.incrementAndGet();
            passInTicks(Duration.ofSeconds(1));
        }
        assertThat(shard.items()).isEmpty();
        await().until(() -> {
            refusals.incrementAndGet();
            passInTicks(Duration.ofSeconds(1));
            return !shard.items().isEmpty();
        });
        assertThat(shard.items().getFirst()).isInstanceOf(ExpireLeases.class);
    }

    @Test
    void aGraceThatCouldNotBeRecordedIsGrantedAgainFirst() {
        shard.failure = new IllegalStateException("the store is away");
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        await().until(() -> shard.items().size() == 1);
        shard.failure = null;
        await().until(() -> {
            passInTicks(Duration.ofMillis(200));
            return shard.items().size() == 2;
        });
        assertThat(shard.items()).allMatch(GrantGrace.class::isInstance);
    }

    @Test
    void aGraceThatIsRefusedAgainAndAgainIsGrantedEverMoreRarely() {
        shard.failure = new IllegalStateException("the store takes no append");
        time.pass(Duration.ofMinutes(1));
        for (int tick = 0; tick < 600; tick++) {
            passInTicks(LeaseKeeper.TICK);
            var behind = collector.submit(new ExpireLeases(List.of(), Long.MAX_VALUE));
            assertThatThrownBy(behind::join).isInstanceOf(CompletionException.class);
        }
        assertThat(shard.items()).filteredOn(GrantGrace.class::isInstance).hasSizeBetween(10, 15);
    }

    /** The heartbeat was in the batch that hung; the proposal has waited behind it. */
    @Test
    void whatWasProposedBeforeABatchWasLostIsNotDecidedAndAGraceComesFirst() {
        shard.hold();
        var lost = collector.submit(heartbeat());
        await().until(() -> shard.items().size() == 1);
        passInTicks(TTL.plusMillis(300));
        shard.failure = new IllegalStateException("cancelled");
        shard.letGo();
        assertThatThrownBy(lost::join).isInstanceOf(CompletionException.class);
        shard.failure = null;
        await().until(() -> {
            keeper.tick();
            return shard.items().size() == 2;
        });
        assertThat(shard.items().getLast())
                .isInstanceOfSatisfying(
                        GrantGrace.class, grace -> assertThat(grace.cause()).isEqualTo("store_outage"));
        await().until(() -> graceIsSettled());
        assertNextIsProposedAWholeTtlFromNow();
    }

    /** It is asked for a grace again and again; the other one has heard all that there was to hear. */
    @Test
    void aShardThatCannotDecideKeepsNoOthersLeasesFromEndingAndCostsThemNoGrace() {
        other.failure = new IllegalStateException("it can't be loaded");
        assertThatThrownBy(othersCollector.submit(heartbeat())::join).isInstanceOf(CompletionException.class);

        await().until(() -> {
            passInTicks(Duration.ofMillis(500));
            return !shard.items().isEmpty();
        });

        assertThat(shard.items()).allMatch(ExpireLeases.class::isInstance);
        assertThat(other.items().stream().skip(1)).isNotEmpty().allMatch(GrantGrace.class::isInstance);
    }

    @Test
    void onlyAShardThatCannotRecordItsGraceIsProposedNothing() {
        leases.note(1, new Outcome.Leases(List.of(new Lease("b", 0, Phase.LIVE, clock.millis() + TTL.toMillis()))));
        other.failure = new IllegalStateException("it can't be loaded");
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        await().until(() -> shard.items().size() == 1 && graceIsSettled());
        assertThat(onlyGrace().cause()).isEqualTo("pause");

        await().until(() -> {
            passInTicks(Duration.ofMillis(500));
            return shard.items().size() == 2;
        });

        assertThat(shard.items().getLast()).isInstanceOf(ExpireLeases.class);
        assertThat(other.items()).isNotEmpty().allMatch(GrantGrace.class::isInstance);
        other.failure = null;
        await().until(() -> {
            passInTicks(Duration.ofMillis(500));
            return other.items().getLast() instanceof ExpireLeases;
        });
    }

    /** Whom the registry doesn't know that it is to check it doesn't hear, either. */
    @Test
    void aQuestionWhomToCheckThatWasLostGrantsAGrace() {
        shard.failure = new IllegalStateException("it can't be loaded");
        assertThatThrownBy(collector.submit(new FindChecked(null))::join).isInstanceOf(CompletionException.class);
        shard.failure = null;
        keeper.tick();

        await().until(() -> shard.items().size() == 2);
        assertThat(shard.items().getLast()).isInstanceOf(GrantGrace.class);
    }

    /** It bounds what they add up to; a wall clock that jumps keeps nobody from being heard. */
    @Test
    void eachGraceNotesHowLongNobodyCouldBeHeard() {
        keeper.watch();
        keeper.stop();
        long began = clock.millis();
        time.pass(Duration.ofMinutes(1));
        keeper.tick();
        keeper.storeIsAway();
        time.pass(Duration.ofSeconds(20));
        keeper.storeIsAway();
        time.pass(Duration.ofSeconds(20));
        keeper.storeIsBack();
        shard.failure = new IllegalStateException("it can't be loaded");
        time.pass(Duration.ofSeconds(7));
        assertThatThrownBy(collector.submit(heartbeat())::join).isInstanceOf(CompletionException.class);
        time.jump(Duration.ofHours(1));
        keeper.tick();

        assertThat(leases.listening(0).known().reaches(began, 3_000)).isEqualTo(began + 107_000 + 3_000);
        assertThat(leases.listening(1).known().reaches(began, 3_000)).isEqualTo(began + 107_000 + 3_000);
        assertThat(leases.listening(0).known().gaps()).hasSize(3);
    }

    @Test
    void aProposalThatFailedIsMadeAgain() {
        shard.failure = new IllegalStateException("the store is away");
        passInTicks(TTL.plusMillis(300));
        await().until(() -> shard.items().size() == 1);
        shard.failure = null;
        await().until(() -> {
            passInTicks(Duration.ofMillis(200));
            return shard.items().size() == 2;
        });
        assertThat(shard.items()).allMatch(ExpireLeases.class::isInstance);
    }

    /** However long a start takes, nobody could be heard meanwhile. */
    @Test
    void aStartThatTookLongerThanTheTtlGrantsAWholeTtlFromItsEnd() {
        keeper.start();
        time.pass(TTL.multipliedBy(2));
        keeper.watch();
        await().until(() -> shard.items().size() == 2 && graceIsSettled());
        assertThat(shard.items()).allMatch(GrantGrace.class::isInstance);
        assertThat(requireNonNull(leases.find("a")).dueAt).isEqualTo(clock.millis() + TTL.toMillis());
    }

    /** Whenever the shard gets it: it says when it was proposed. */
    private void assertNextIsProposedAWholeTtlFromNow() {
        long granted = clock.millis();
        int before = shard.items().size();
        passInTicks(TTL.plusMillis(200));
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

    private boolean graceIsSettled() {
        var tracked = leases.find("a");
        return tracked != null && tracked.dueAt > clock.millis();
    }

    private GrantGrace onlyGrace() {
        assertThat(shard.items()).hasSize(1);
        return (GrantGrace) shard.items().getFirst();
    }

    private Collector collector(int of, FakeShard deciding) {
        var settings = new WriteSettings("postgres", Duration.ZERO, 64, 1_000, 1_000, 5_000, DataSize.ofMegabytes(1));
        return new Collector(
                of,
                settings,
                ShardLoadSettings.defaults(),
                deciding,
                clock,
                time,
                leases,
                followers,
                new QueuedBytes(10_000));
    }

    private RenewLease heartbeat() {
        return new RenewLease("a", ObservationKind.RENEWED, clock.millis(), BY);
    }

    private Lease leaseFromNow() {
        return new Lease("a", 0, Phase.LIVE, clock.millis() + TTL.toMillis());
    }

    private void passInTicks(Duration duration) {
        for (long passed = 0; passed < duration.toMillis(); passed += 100) {
            time.pass(Duration.ofMillis(100));
            keeper.tick();
        }
    }
}
