package dev.aicore.discovery.eventstore;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.TestEvents.Opened;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** Tests how events become durable. */
abstract class AppendContract extends EventStoreContract {

    private static final int APPENDERS = 50;
    private static final int UNITS = 20;

    private final List<Integer> units = new ArrayList<>();

    @Test
    void unitOfWork_isOneAppend() {
        var engine = counting();
        var work = begin();
        engine.appendEvents(TestStore.messages(1, 0, new Opened("shard-1")));
        engine.appendEvents(TestStore.messages(1, 1, TestEvents.beats(3), TestEvents.beats(4)));
        assertThat(position()).isZero();

        work.commit();

        assertThat(units).containsExactly(3);
        assertThat(store.types(1)).containsExactly("Opened", "Beats", "Beats");
    }

    @Test
    void nestedUnitOfWork_isAppendedWithRoot() {
        var engine = counting();
        var root = begin();
        engine.appendEvents(TestStore.messages(1, 0, new Opened("shard-1")));
        var nested = begin();
        engine.appendEvents(TestStore.messages(1, 1, TestEvents.beats(1)));
        nested.commit();
        assertThat(position()).isZero();

        root.commit();

        assertThat(units).containsExactly(2);
    }

    @Test
    void failureInPrepareCommitHandler_appendsNothing() {
        var work = begin();
        store.append(1, 0, new Opened("shard-1"));
        work.onPrepareCommit(w -> {
            throw new IllegalStateException("later handler");
        });

        assertThatThrownBy(work::commit).hasMessage("later handler");

        assertThat(position()).isZero();
    }

    @Test
    void failureInCommitHandler_appendsNothing() {
        var work = begin();
        store.append(1, 0, new Opened("shard-1"));
        work.onCommit(w -> {
            throw new IllegalStateException("later handler");
        });

        assertThatThrownBy(work::commit).hasMessage("later handler");

        assertThat(position()).isZero();
    }

    @Test
    void append_withSequenceGap_isRefused() {
        store.append(1, 0, new Opened("shard-1"));

        assertThatThrownBy(() -> store.append(1, 2, TestEvents.beats(1))).isInstanceOf(ConcurrencyException.class);

        assertThat(position()).isEqualTo(1);
    }

    @Test
    void append_withLaterSequenceGap_appendsNothing() {
        var gap = new ArrayList<>(TestStore.messages(1, 0, new Opened("shard-1"), TestEvents.beats(1)));
        gap.addAll(TestStore.messages(1, 3, TestEvents.beats(1)));

        assertThatThrownBy(() -> store.engine.appendEvents(gap)).isInstanceOf(ConcurrencyException.class);

        assertThatCode(() -> store.append(1, 0, new Opened("shard-1"))).doesNotThrowAnyException();
        assertThat(position()).isEqualTo(1);
    }

    @Test
    void sequenceViolation_inGroupCommit_failsOnlyOneUnit() {
        CompletableFuture<Void> waited;
        List<CompletableFuture<Void>> group;
        try (var slow = SlowAppend.begin(postgres(), 0)) {
            waited = slow.whileLaneWaits(() -> store.append(0, 0, new Opened("shard-0")));
            group = List.of(
                    SlowAppend.inBackground(() -> store.append(1, 0, new Opened("shard-1"))),
                    SlowAppend.inBackground(() -> store.append(2, 7, new Opened("shard-2"))),
                    SlowAppend.inBackground(() -> store.append(3, 0, new Opened("shard-3"))));
        }
        assertThatCode(waited::join).doesNotThrowAnyException();
        assertThatCode(group.get(0)::join).doesNotThrowAnyException();
        assertThatThrownBy(group.get(1)::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ConcurrencyException.class);
        assertThatCode(group.get(2)::join).doesNotThrowAnyException();
        assertThat(position()).isEqualTo(3);
    }

    /**
     * Tests a violation that only the database can detect: another connection appends an event that the appender
     * doesn't know.
     */
    @Test
    void violationDetectedByDatabase_failsOnlyOneUnit() {
        store.append(1, 0, new Opened("shard-1"));
        CompletableFuture<Void> waited;
        CompletableFuture<Void> guilty;
        CompletableFuture<Void> other;
        try (var slow = SlowAppend.begin(postgres(), 0)) {
            waited = slow.whileLaneWaits(() -> store.append(1, 1, TestEvents.renamed("a", "A")));
            guilty = SlowAppend.inBackground(() -> store.append(3, 0, new Opened("shard-3")));
            other = SlowAppend.inBackground(() -> store.append(2, 0, new Opened("shard-2")));
            slow.commit();
        }
        assertThatCode(waited::join).doesNotThrowAnyException();
        assertThatThrownBy(guilty::join).hasCauseInstanceOf(ConcurrencyException.class);
        assertThatCode(other::join).doesNotThrowAnyException();
        // The appender has read the sequence numbers again: the next event of that shard is accepted.
        assertThatCode(() -> store.append(3, 1, TestEvents.beats(1))).doesNotThrowAnyException();
    }

    @Test
    void positions_underFiftyAppenders_haveNoGaps() {
        var receipts = new ConcurrentLinkedQueue<AppendResult>();
        var appenders = IntStream.range(0, APPENDERS)
                .mapToObj(shard -> SlowAppend.inBackground(() -> appendTo(shard, receipts)))
                .toList();
        appenders.forEach(CompletableFuture::join);

        long events = APPENDERS * (UNITS * 2L);
        assertThat(position()).isEqualTo(events);
        assertThat(postgres()
                        .number("SELECT count(*) FROM (SELECT position FROM store.facts UNION"
                                + " SELECT position FROM store.observations) p WHERE position BETWEEN 1 AND " + events))
                .isEqualTo(events);
        assertThat(receipts.stream().flatMapToLong(r -> LongStream.rangeClosed(r.firstPosition(), r.lastPosition())))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, events).boxed().toList());
        assertThat(receipts.stream()
                        .sorted(comparingLong(AppendResult::firstPosition))
                        .map(AppendResult::recordedAt))
                .isSorted();
    }

    @Test
    void recordedAt_ifClockIsBehind_increases() {
        store.append(1, 0, new Opened("shard-1"));
        postgres().execute("UPDATE store.head SET recorded_at = recorded_at + interval '1 hour'");
        var ahead = store.reader.head().recordedAt();

        store.append(1, 1, TestEvents.beats(1));

        // While the database's clock is behind, each group is recorded at a time of its own, so that the groups differ.
        var next = ahead.plusMillis(1);
        assertThat(store.reader.head().recordedAt()).isEqualTo(next);
        assertThat(store.reader.positionAt(next)).isEqualTo(2);
        assertThat(store.reader.positionAt(ahead)).isEqualTo(1);
        assertThat(store.reader.positionAt(Instant.EPOCH)).isZero();
    }

    @Test
    void ageBehind_usesDatabaseClockAndIsNeverNegative() {
        store.append(1, 0, new Opened("shard-1"), TestEvents.beats(1));
        postgres().execute("UPDATE store.observations SET recorded_at = recorded_at - interval '1 hour'");

        assertThat(store.reader.ageAfter(1)).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(65));
        assertThat(store.reader.ageAfter(0)).isLessThan(Duration.ofMinutes(5));
        assertThat(store.reader.ageAfter(2)).as("no event after this position").isZero();
        postgres().execute("UPDATE store.observations SET recorded_at = recorded_at + interval '2 hours'");
        assertThat(store.reader.ageAfter(1))
                .as("recording time ahead of the clock")
                .isZero();
    }

    @Test
    void append_afterTakeover_isRefused() {
        store.append(1, 0, new Opened("shard-1"));
        try (var successor = store.lane("successor")) {
            store.takeOver(successor);

            assertThatThrownBy(() -> store.append(1, 1, TestEvents.beats(1)))
                    .isInstanceOf(DeposedException.class)
                    .hasMessageContaining("successor");
            assertThatThrownBy(() -> store.append(1, 1, TestEvents.beats(1))).isInstanceOf(DeposedException.class);

            assertThat(store.appender.isAvailable()).isFalse();
            assertThat(position()).isEqualTo(1);
            store.engine(successor, TestStore.NO_UPCASTERS).appendEvents(TestStore.messages(1, 1, TestEvents.beats(1)));
            assertThat(position()).isEqualTo(2);
        }
    }

    /** Tests the generation alone: the node that deposes another may not have claimed the head yet. */
    @Test
    void append_ofDeposedGeneration_isRefused() {
        postgres().execute("UPDATE store.nodes SET generation = nextval('store.generations')");

        assertThatThrownBy(() -> store.append(1, 0, new Opened("shard-1"))).isInstanceOf(DeposedException.class);

        assertThat(position()).isZero();
    }

    /** Tests the epoch alone: a process of a version without nodes raises only the epoch. */
    @Test
    void append_ofEarlierEpoch_isRefused() {
        postgres().execute("UPDATE store.head SET epoch = epoch + 1");

        assertThatThrownBy(() -> store.append(1, 0, new Opened("shard-1"))).isInstanceOf(DeposedException.class);

        assertThat(position()).isZero();
    }

    @Test
    void takeover_whileLeaseOfNodeLasts_isRefused() {
        try (var second = store.lane("second")) {
            postgres().execute("UPDATE store.head SET lease_until = clock_timestamp()");
            second.start();

            assertNotOwner(second);
        }
        assertThatCode(() -> store.append(1, 0, new Opened("shard-1"))).doesNotThrowAnyException();
    }

    /**
     * Tests the claim alone, which the look at the claims precedes: their owner may have renewed its lease meanwhile.
     */
    @Test
    void claim_whileOwnerIsAlive_takesNothing() throws SQLException {
        var lease = store.settings.lease();
        postgres().execute("UPDATE store.head SET lease_until = clock_timestamp()");
        try (var connection = postgres().pool().getConnection()) {
            var second = NodeRows.join(connection, "second", lease);

            assertThat(ClaimRows.claim(connection, second, lease)).isEmpty();
        }
        assertThatCode(() -> store.append(1, 0, new Opened("shard-1"))).doesNotThrowAnyException();
    }

    /** Tests the lease of the head alone: a process of a version without nodes renews only that. */
    @Test
    void takeover_whileLeaseOfHeadLasts_isRefused() {
        try (var second = store.lane("second")) {
            postgres()
                    .execute(
                            "UPDATE store.nodes SET lease_until = 'epoch'",
                            "UPDATE store.head SET lease_until = clock_timestamp() + interval '1 hour'");
            second.start();

            assertNotOwner(second);
        }
    }

    private void assertNotOwner(SingleWriterAppender appender) {
        assertThat(appender.claim()).isZero();
        assertThat(appender.isAvailable()).isFalse();
        assertThatThrownBy(appender::requireOwnership).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store.engine(appender, TestStore.NO_UPCASTERS)
                        .appendEvents(TestStore.messages(1, 0, new Opened("shard-1"))))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Another node owns the event store");
    }

    /** Tests that no event is accepted in the sequence that a node knew before it lost the store. */
    @Test
    void deposedWriter_afterSuccessorEnds_claimsStoreAgain() {
        store.append(1, 0, new Opened("shard-1"));
        long first = store.appender.claim();
        try (var successor = store.lane("successor")) {
            store.takeOver(successor);
            store.engine(successor, TestStore.NO_UPCASTERS).appendEvents(TestStore.messages(1, 1, TestEvents.beats(1)));
        }
        await().until(() -> store.appender.claim() > first);

        assertThatCode(store.appender::requireOwnership).doesNotThrowAnyException();
        assertThatThrownBy(() -> store.append(1, 1, TestEvents.beats(1))).isInstanceOf(ConcurrencyException.class);
        assertThatCode(() -> store.append(1, 2, TestEvents.beats(1))).doesNotThrowAnyException();
    }

    private void appendTo(int shard, Collection<AppendResult> receipts) {
        var engine = store.engine(
                (events, keys) -> {
                    var result = store.appender.append(events, keys);
                    receipts.add(result);
                    return result;
                },
                TestStore.NO_UPCASTERS);
        for (int unit = 0; unit < UNITS; unit++) {
            engine.appendEvents(
                    TestStore.messages(shard, unit * 2L, TestEvents.renamed("a", "A"), TestEvents.beats(4)));
        }
    }

    private PostgresEventStorageEngine counting() {
        return store.engine(
                (events, keys) -> {
                    units.add(events.size());
                    return store.appender.append(events, keys);
                },
                TestStore.NO_UPCASTERS);
    }

    private static UnitOfWork<EventMessage<?>> begin() {
        return DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("command"));
    }
}
