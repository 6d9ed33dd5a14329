package dev.aicore.discovery.config.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.eventstore.TestEvents.Opened;
import dev.aicore.discovery.config.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppendLaneTest {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @Test
    void factsAndObservationsShareOneSequence() {
        try (var store = TestStore.fresh(postgres)) {
            store.append(1, 0, new Opened("shard-1"), TestEvents.beats(3), TestEvents.renamed("a", "A"));
            store.append(1, 3, TestEvents.beats(5));

            assertThat(store.types(1)).containsExactly("Opened", "Beats", "Renamed", "Beats");
            var head = store.reader.head();
            assertThat(head.position()).isEqualTo(4);
            assertThat(head.lastFact()).isEqualTo(3);
            assertThat(postgres.number("SELECT count(*) FROM store.observations"))
                    .isEqualTo(2);
            assertThat(postgres.number("SELECT count(*) FROM store.facts WHERE instance_id = 'a'"))
                    .isEqualTo(1);
        }
    }
}
