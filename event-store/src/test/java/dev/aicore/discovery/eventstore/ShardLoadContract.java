package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.eventstore.TestEvents.Opened;
import dev.aicore.discovery.eventstore.TestEvents.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.junit.jupiter.api.Test;

/** Tests that a shard is loaded completely or not at all. Pages have ten events. */
abstract class ShardLoadContract extends EventStoreContract {

    private static final String SHARD = ShardPartitioner.name(1);

    @Test
    void shardLoad_withGapWiderThanPage_readsAllEvents() {
        appendFactsAround(35);

        assertThatCode(() ->
                        assertThat(sequence(store.engine.readEvents(SHARD))).isEqualTo(numbers(0, 36)))
                .doesNotThrowAnyException();
        assertThat(sequence(store.engine.readEvents(SHARD, 20))).isEqualTo(numbers(20, 36));
        assertThat(sequence(store.engine.readEvents(SHARD, 37))).isEmpty();
    }

    @Test
    void largeEvents_endPageWithoutLoss() {
        store.append(1, 0, new Opened(SHARD));
        for (int seq = 1; seq <= 6; seq++) {
            store.append(1, seq, TestEvents.renamed("a", "x".repeat(400_000)));
        }

        assertThat(sequence(store.engine.readEvents(SHARD))).isEqualTo(numbers(0, 6));
        assertThat(new EventReader(store.reads()).facts(0, 10)).hasSize(4);
        assertThat(store.facts.page(0, 10).full()).isTrue();
    }

    @Test
    void shardLoad_withFullLastPage_readsAllEvents() {
        appendFactsAround(8);

        assertThat(sequence(store.engine.readEvents(SHARD))).isEqualTo(numbers(0, 9));
    }

    @Test
    void prunedShard_withSnapshot_isLoadedFromSnapshot() {
        appendFactsAround(35);
        snapshot(30, 30);
        prune(30);

        var events = new ArrayList<DomainEventMessage<?>>();
        assertThatCode(() -> events.addAll(loaded())).doesNotThrowAnyException();

        assertThat(events.getFirst().getPayload())
                .isInstanceOfSatisfying(
                        Tally.class, tally -> assertThat(tally.total).isEqualTo(30));
        assertThat(events.stream()
                        .skip(1)
                        .map(DomainEventMessage::getSequenceNumber)
                        .toList())
                .isEqualTo(numbers(31, 36));
    }

    @Test
    void prunedShard_withoutSnapshot_isNotLoaded() {
        appendFactsAround(35);
        prune(30);

        assertThatThrownBy(this::loaded)
                .isInstanceOf(HistoryCompactedException.class)
                .hasMessageContaining("event 1 of shard-1")
                .hasMessageContaining("31");
    }

    @Test
    void prunedShard_withUnreadableSnapshot_isNotTreatedAsNew() {
        store.append(1, 0, TestEvents.beats(1), TestEvents.beats(1));
        snapshot(1, 2);
        prune(1);
        postgres().execute("UPDATE store.snapshots SET revision = 7");

        assertThatThrownBy(this::loaded).isInstanceOf(HistoryCompactedException.class);
        assertThat(store.engine.lastSequenceNumberFor(SHARD)).contains(1L);
        assertThat(store.engine.lastSequenceNumberFor(ShardPartitioner.name(2))).isEmpty();
    }

    @Test
    void prunedShard_afterRestart_continuesAtNextSequenceNumber() {
        store.append(1, 0, TestEvents.beats(1), TestEvents.beats(1));
        snapshot(1, 2);
        prune(1);
        store.close();
        try (var restarted = store.lane("main")) {
            restarted.start();
            var engine = store.engine(restarted, TestStore.NO_UPCASTERS);
            assertThatCode(() -> engine.appendEvents(TestStore.messages(1, 2, TestEvents.beats(1))))
                    .doesNotThrowAnyException();
        }
        assertThat(loaded()).hasSize(2);
    }

    @Test
    void olderSnapshot_doesNotReplaceNewerSnapshot() {
        appendFactsAround(8);
        snapshot(5, 5);
        snapshot(3, 3);

        assertThat(postgres().number("SELECT seq FROM store.snapshots WHERE shard = 1"))
                .isEqualTo(5);
        assertThat(postgres().number("SELECT position FROM store.snapshots WHERE shard = 1"))
                .isEqualTo(6);
    }

    @Test
    void snapshot_ofNonDurableEvent_isNotStored() {
        store.append(1, 0, new Opened(SHARD));
        snapshot(1, 1);

        assertThat(postgres().number("SELECT count(*) FROM store.snapshots")).isZero();
    }

    /** Appends a fact, {@code observations} observations in units of their own, and a fact. */
    private void appendFactsAround(int observations) {
        store.append(1, 0, new Opened(SHARD));
        for (int i = 1; i <= observations; i++) {
            store.append(1, i, TestEvents.beats(i));
        }
        store.append(1, observations + 1, TestEvents.renamed("a", "A"));
    }

    private void snapshot(long seq, long total) {
        store.engine.storeSnapshot(
                new GenericDomainEventMessage<>(TestStore.AGGREGATE_TYPE, SHARD, seq, new Tally(total)));
    }

    private void prune(long upTo) {
        postgres().execute("DELETE FROM store.observations WHERE seq <= " + upTo);
    }

    /** Loads the events of the shard as a repository does. */
    private List<DomainEventMessage<?>> loaded() {
        var events = new ArrayList<DomainEventMessage<?>>();
        var axon = EmbeddedEventStore.builder().storageEngine(store.engine).build();
        try {
            axon.readEvents(SHARD).forEachRemaining(events::add);
        } finally {
            axon.shutDown();
        }
        return events;
    }

    private static List<Long> sequence(DomainEventStream events) {
        return events.asStream()
                .<Long>map(DomainEventMessage::getSequenceNumber)
                .toList();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
