package dev.aicore.discovery.projection.cache;

import static dev.aicore.discovery.projection.cache.ServiceFactSamples.deregistered;
import static dev.aicore.discovery.projection.cache.ServiceFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.projection.processing.RecordedFact;
import dev.aicore.discovery.projection.testing.InstanceFactSamples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangedServiceQueueTest {

    private final ChangedServiceQueue changed = new ChangedServiceQueue(2);

    @Test
    void service_isQueuedOnceWithLastPosition() throws InterruptedException {
        changed.committed(List.of(
                recorded(registered("web", "w-1", 0), 3),
                recorded(registered("db", "d-1", 1), 4),
                recorded(deregistered("web", "w-1"), 5)));
        changed.committed(List.of(recorded(registered("web", "w-2", 2), 2)));

        assertThat(changed.take(10)).containsExactly(Map.entry("web", 5L), Map.entry("db", 4L));
        assertThat(changed.size()).isZero();
    }

    @Test
    void take_withLimit_returnsOldestFirst() throws InterruptedException {
        changed.committed(List.of(recorded(registered("web", "w", 0), 1), recorded(registered("db", "d", 1), 2)));

        assertThat(changed.take(1)).containsOnlyKeys("web");
        assertThat(changed.take(1)).containsOnlyKeys("db");
    }

    @Test
    void fullQueue_reportsOverflowOnce() throws InterruptedException {
        changed.committed(List.of(
                recorded(registered("a", "a", 0), 1),
                recorded(registered("b", "b", 1), 2),
                recorded(registered("c", "c", 2), 3),
                recorded(registered("a", "a", 3), 4)));

        assertThat(changed.size()).isEqualTo(2);
        assertThat(changed.pollOverflow()).isTrue();
        assertThat(changed.pollOverflow()).isFalse();
        assertThat(changed.take(10)).containsExactly(Map.entry("a", 4L), Map.entry("b", 2L));
    }

    @Test
    void putBack_keepsLaterPosition() throws InterruptedException {
        changed.committed(List.of(recorded(registered("web", "w", 0), 7)));
        changed.requeue(Map.of("web", 5L));

        assertThat(changed.take(10)).containsExactly(Map.entry("web", 7L));
    }

    private static RecordedFact recorded(InstanceFact fact, long position) {
        return new RecordedFact(fact, fact.id(), "shard-1", position, InstanceFactSamples.T0);
    }
}
