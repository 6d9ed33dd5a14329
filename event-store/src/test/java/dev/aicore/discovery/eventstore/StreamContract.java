package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.eventstore.TestEvents.Opened;
import dev.aicore.discovery.eventstore.TestEvents.Renamed;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.junit.jupiter.api.Test;

/** Tests that readers follow the store in the order of commits and skip nothing. */
abstract class StreamContract extends EventStoreContract {

    @Test
    void slowAppend_isNotSkippedByStream() {
        store.append(1, 0, new Opened("shard-1"));
        try (var events = all(0)) {
            assertPositions(take(events, 1), 1, 1);
            try (var slow = SlowAppend.begin(postgres(), 0)) {
                var appended = slow.whileLaneWaits(() -> store.append(1, 1, TestEvents.beats(1)));
                assertThat(events.hasNextAvailable()).isFalse();
                slow.commit();
                assertThatCode(appended::join).doesNotThrowAnyException();
            }
            assertPositions(take(events, 2), 2, 3);
        }
    }

    @Test
    void rolledBackAppend_leavesNoGap() {
        try (var events = all(0)) {
            try (var slow = SlowAppend.begin(postgres(), 0)) {
                var appended = slow.whileLaneWaits(() -> store.append(1, 0, new Opened("shard-1")));
                slow.rollBack();
                assertThatCode(appended::join).doesNotThrowAnyException();
            }
            assertPositions(take(events, 1), 1, 1);
        }
    }

    @Test
    void stream_duringFiftyConcurrentAppenders_skipsNothing() {
        try (var events = all(0);
                var facts = facts(0)) {
            var appenders = IntStream.range(0, 50)
                    .mapToObj(shard -> SlowAppend.inBackground(() -> {
                        for (int i = 0; i < 10; i++) {
                            store.append(shard, i * 2L, TestEvents.renamed("a", "A"), TestEvents.beats(i));
                        }
                    }))
                    .toList();
            assertPositions(take(events, 1000), 1, 1000);
            assertThat(take(facts, 500))
                    .hasSize(500)
                    .isSortedAccordingTo((a, b) ->
                            Long.compare(PositionTokens.of(a.trackingToken()), PositionTokens.of(b.trackingToken())));
            appenders.forEach(appender -> assertThatCode(appender::join).doesNotThrowAnyException());
        }
    }

    @Test
    void stream_withGapWiderThanPage_continues() {
        store.append(1, 0, new Opened("shard-1"));
        for (int i = 1; i <= 25; i++) {
            store.append(1, i, TestEvents.beats(1));
        }
        store.append(1, 26, TestEvents.renamed("a", "A"));
        try (var facts = facts(0)) {
            assertThat(take(facts, 2))
                    .extracting(event -> PositionTokens.of(event.trackingToken()))
                    .containsExactly(1L, 27L);
        }
        postgres().execute("DELETE FROM store.observations");
        try (var events = all(0)) {
            assertThat(take(events, 2))
                    .extracting(event -> PositionTokens.of(event.trackingToken()))
                    .containsExactly(1L, 27L);
        }
    }

    @Test
    void stream_belowDroppedPartitions_failsAsCompacted() {
        store.append(1, 0, new Opened("shard-1"), TestEvents.beats(1), TestEvents.beats(2));
        store.append(1, 3, TestEvents.renamed("a", "A"));
        postgres()
                .execute(
                        "DELETE FROM store.observations WHERE position < 3",
                        "INSERT INTO store.compactions (from_position, to_position, rows, bytes, dropped_at)"
                                + " VALUES (0, 3, 1, 100, now())");

        try (var events = all(1)) {
            assertThatThrownBy(() -> take(events, 1))
                    .isInstanceOf(HistoryCompactedException.class)
                    .hasMessageContaining("below position 3");
        }
        assertThat(PositionTokens.of(store.all.createTailToken())).isEqualTo(2);
        assertThat(PositionTokens.of(store.engine.createTailToken())).isEqualTo(2);
        try (var events = all(2)) {
            assertThat(take(events, 2))
                    .extracting(event -> PositionTokens.of(event.trackingToken()))
                    .containsExactly(3L, 4L);
        }
        try (var facts = facts(0)) {
            assertThat(take(facts, 2))
                    .extracting(event -> PositionTokens.of(event.trackingToken()))
                    .containsExactly(1L, 4L);
        }
    }

    @Test
    void stream_afterAppend_notifiesAvailability() throws InterruptedException {
        try (var facts = facts(0)) {
            var told = new CountDownLatch(1);
            assertThat(facts.setOnAvailableCallback(told::countDown)).isTrue();
            store.append(1, 0, new Opened("shard-1"));
            assertThat(told.await(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(facts.hasNextAvailable()).isTrue();
        }
    }

    /** Tests events of another process, which arrive without a notification of the appender. */
    @Test
    void stream_readsAppendsOfOtherProcesses() {
        try (var facts = facts(0)) {
            try (var slow = SlowAppend.begin(postgres(), 0)) {
                slow.commit();
            }
            assertPositions(take(facts, 1), 1, 1);
        }
    }

    @Test
    void newerRevision_stopsStreamAfterLastKnownEvent() {
        store.append(1, 0, new Opened("shard-1"));
        appendOf("Renamed", 9, 1);
        try (var facts = facts(0)) {
            assertPositions(take(facts, 1), 1, 1);
            assertThatThrownBy(() -> take(facts, 1))
                    .isInstanceOf(NewerEventException.class)
                    .hasMessageContaining("newer_event")
                    .hasMessageContaining("Renamed of revision 9");
        }
    }

    @Test
    void unknownEventType_isNotSkipped() {
        appendOf("Unheard", 1, 0);
        store.append(1, 1, TestEvents.renamed("a", "A"));

        assertThatThrownBy(() -> store.types(1)).isInstanceOf(NewerEventException.class);
        try (var facts = facts(0)) {
            assertThatThrownBy(() -> take(facts, 1)).isInstanceOf(NewerEventException.class);
        }
    }

    @Test
    void oldRevision_isUpcastOrReportedUnreadable() {
        store.append(1, 0, new Opened("shard-1"));
        oldRenamed();
        var upcasting = store.engine(store.appender, TestEvents.RENAMED_1_TO_2);

        var last = upcasting
                .readEvents(ShardPartitioner.name(3))
                .asStream()
                .toList()
                .getLast();

        assertThat(last.getPayload())
                .isInstanceOfSatisfying(
                        Renamed.class, event -> assertThat(event.name()).isEqualTo("old name"));
        try (var facts = facts(1)) {
            assertThat(take(facts, 1).getFirst().getPayload())
                    .isInstanceOfSatisfying(
                            UnreadableEvent.class,
                            event -> assertThat(event.reason()).contains("position 2", "No upcaster"));
        }
    }

    @Test
    void tokens_markTailHeadAndInstant() {
        store.append(1, 0, new Opened("shard-1"), TestEvents.beats(1));
        TrackingToken head = store.facts.createHeadToken();

        assertThat(PositionTokens.of(store.facts.createTailToken())).isZero();
        assertThat(PositionTokens.of(head)).isEqualTo(2);
        assertThat(store.engine.createTokenAt(store.reader.head().recordedAt())).isEqualTo(head);
        assertThat(store.engine.createHeadToken()).isEqualTo(head);
    }

    /** Appends a fact as a newer version would. */
    private void appendOf(String type, int revision, long seq) {
        store.appender.append(List.of(new NewEvent(1, seq, type, revision, true, "a", new byte[] {'{', '}'})));
    }

    private void oldRenamed() {
        postgres().execute("""
                        INSERT INTO store.facts (position, seq, recorded_at, shard, revision, type, payload) VALUES
                        (2, 0, now(), 3, 1, 'Renamed', '{"id":"a","service":"s","full_name":"old name","envelope":
                          {"namespace":"default","actor":"a","role":"r","protocol":"p"}}')""", "UPDATE store.head SET position = 2");
    }

    private TrackingEventStream all(long after) {
        return store.all.openStream(PositionTokens.token(after));
    }

    private TrackingEventStream facts(long after) {
        return store.facts.openStream(PositionTokens.token(after));
    }
}
