package dev.aicore.discovery.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.shard.ShardPartitioner;
import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.eventstore.TestEvents.Opened;
import dev.aicore.discovery.eventstore.TestEvents.Renamed;
import dev.aicore.discovery.eventstore.TestEvents.Tally;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests rows that were changed by hand, in each way that a disk or an operator could change them. A damaged row affects
 * only itself.
 */
class CorruptRowsTest extends EventStoreContract {

    @RegisterExtension
    static final TestPostgres POSTGRES = new TestPostgres();

    private static final String SHARD = ShardPartitioner.name(1);

    @Override
    TestStore open() {
        return TestStore.fresh(POSTGRES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload = substring(payload for 9)",
                "payload = '\\xdeadbeef00'",
                "payload = set_bit(payload, 300, 1 - get_bit(payload, 300))",
                "payload = ''",
                "payload = NULL",
                "payload = 'null'",
                "payload = '{}'",
                "type = 'Opened'",
                "type = 'Unheard'",
                "type = NULL",
                "revision = 9",
                "instance_id = 'b'",
                "shard = 2",
            })
    void corruptFact_isReplacedByUnreadableEventInStream(String damage) {
        writeThree();
        damage("facts", damage, 2);

        var events = facts();

        assertThat(events).hasSize(3);
        assertThat(events.get(0).getPayload()).isInstanceOf(Opened.class);
        assertThat(events.get(1).getPayload())
                .isInstanceOfSatisfying(
                        UnreadableEvent.class,
                        event -> assertThat(event.reason()).contains("position 2", "checksum"));
        assertThat(events.get(2).getPayload()).isInstanceOf(Renamed.class);
        assertThat(store.types(3)).hasSize(1);
    }

    /**
     * Covers damage that is detected without a checksum. A changed bit within a text or a number isn't: it makes
     * another valid text or number.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload = substring(payload for 9)",
                "payload = '\\xdeadbeef00'",
                "payload = ''",
                "payload = NULL",
                "payload = 'null'",
                "type = 'Opened'",
                "type = 'Unheard'",
                "type = NULL",
                "revision = 9",
            })
    void corruptRow_withoutChecksum_isDetectedIfUndecodable(String damage) {
        writeThree();
        damage("facts", "checksum = NULL, " + damage, 2);

        assertThat(facts().get(1).getPayload())
                .isInstanceOfSatisfying(
                        UnreadableEvent.class,
                        event -> assertThat(event.reason()).contains("position 2"));
        assertThatThrownBy(() -> store.types(1)).isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void rows_withoutChecksum_areRead() {
        writeThree();
        store.append(1, 2, TestEvents.beats(3));
        snapshot(2, 7);
        for (var table : List.of("facts", "observations", "snapshots")) {
            POSTGRES.execute("UPDATE store." + table + " SET checksum = NULL");
        }

        assertThat(store.types(1)).containsExactly("Opened", "Renamed", "Beats");
        assertThat(facts()).noneMatch(event -> event.getPayload() instanceof UnreadableEvent);
        assertThat(total()).isEqualTo(7);
    }

    @Test
    void shardLoad_withUnreadableEvent_fails() {
        writeThree();
        store.append(1, 2, TestEvents.beats(3));
        damage("observations", "payload = substring(payload for 1)", 4);

        assertThatThrownBy(() -> store.types(1))
                .isInstanceOfSatisfying(
                        UnreadableEventException.class,
                        failure -> assertThat(failure.position()).isEqualTo(4))
                .hasMessageContaining("shard-1")
                .hasMessageContaining("number 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload = substring(payload for 3)",
                "payload = '\\xffffffffffffffffff'",
                "payload = set_bit(payload, 60, 1 - get_bit(payload, 60))",
                "payload = ''",
                "payload = NULL",
                "type = 'Unheard'",
                "type = NULL",
                "checksum = checksum + 1",
            })
    void corruptSnapshot_isReplacedByPreviousSnapshotOrEvents(String damage) {
        writeThree();
        store.append(1, 2, TestEvents.beats(3));
        snapshot(1, 5);
        snapshot(2, 7);
        assertThat(total()).isEqualTo(7);

        damage("snapshots", damage, 4);
        assertThat(total()).isEqualTo(5);
        assertThat(store.engine.readEvents(SHARD, 2).asStream()).hasSize(1);

        damage("previous_snapshots", damage, 2);
        assertThat(store.engine.readSnapshot(SHARD)).isEmpty();
        assertThat(store.types(1)).hasSize(3);
    }

    private void writeThree() {
        store.append(1, 0, new Opened(SHARD), TestEvents.renamed("a", "A"));
        store.append(3, 0, TestEvents.renamed("b", "B"));
    }

    private void snapshot(long seq, long total) {
        store.engine.storeSnapshot(
                new GenericDomainEventMessage<>(TestStore.AGGREGATE_TYPE, SHARD, seq, new Tally(total)));
    }

    private long total() {
        return ((Tally) store.engine.readSnapshot(SHARD).orElseThrow().getPayload()).total;
    }

    private List<TrackedEventMessage<?>> facts() {
        try (var facts = store.facts.openStream(PositionTokens.token(0))) {
            return take(facts, 3);
        }
    }

    private static void damage(String table, String set, long position) {
        POSTGRES.execute(
                "ALTER TABLE store." + table + " ALTER payload DROP NOT NULL",
                "ALTER TABLE store." + table + " ALTER type DROP NOT NULL",
                "UPDATE store." + table + " SET " + set + " WHERE position = " + position);
    }
}
