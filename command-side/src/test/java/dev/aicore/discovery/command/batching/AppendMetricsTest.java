package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.eventstore.AppendListener.AppendedGroup;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.NewEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AppendMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicBoolean owner = new AtomicBoolean();
    private final AppendMetrics metrics = new AppendMetrics(registry, owner::get);

    @Test
    void appendedGroup_countsStatementAndEventsByKind() {
        metrics.onAppended(group(event(true), event(false), event(true)));
        metrics.onAppended(group(event(false)));

        assertThat(registry.counter("service_discovery.appends").count()).isEqualTo(2);
        assertThat(registry.counter("service_discovery.appended.events", "kind", "fact")
                        .count())
                .isEqualTo(2);
        assertThat(registry.counter("service_discovery.appended.events", "kind", "observation")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void owner_isReadAtEachScrape() {
        var gauge = registry.get("service_discovery.store.owner").gauge();
        assertThat(gauge.value()).isZero();
        owner.set(true);
        assertThat(gauge.value()).isEqualTo(1);
    }

    private static AppendedGroup group(NewEvent... events) {
        return new AppendedGroup(new AppendResult(1, events.length, Instant.EPOCH), List.of(events));
    }

    private static NewEvent event(boolean fact) {
        return new NewEvent(0, 0, "type", 1, fact, null, new byte[0]);
    }
}
