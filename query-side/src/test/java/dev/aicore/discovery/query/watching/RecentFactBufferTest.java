package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.query.testing.LiveFactSamples.AT;
import static dev.aicore.discovery.query.testing.LiveFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.watching.RecentFactBuffer.FactTail;
import dev.aicore.discovery.query.watching.RecentFactBuffer.LiveFact;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentFactBufferTest {

    private final RecentFactBuffer recent = new RecentFactBuffer(4, 100);

    @Test
    void behind_position_returnsLaterFactsOfServiceInOrder() {
        recent.restart(10);
        recent.add(List.of(fact("web", 11), fact("db", 12), fact("web", 13)), 15);

        assertThat(recent.after("web", 10)).contains(new FactTail(List.of(fact("web", 11), fact("web", 13)), 15));
        assertThat(recent.after("web", 11)).contains(new FactTail(List.of(fact("web", 13)), 15));
        assertThat(recent.after("mail", 10)).contains(new FactTail(List.of(), 15));
        assertThat(recent.lastBetween(10, 12)).contains(Map.of("web", 11L, "db", 12L));
    }

    @Test
    void behind_positionBeforeFirstFact_isUnknown() {
        recent.restart(10);

        assertThat(recent.after("web", 9)).isEmpty();
        assertThat(recent.lastBetween(9, 10)).isEmpty();
    }

    @Test
    void add_beyondFactLimit_evictsOldestFact() {
        recent.restart(0);
        for (int position = 1; position <= 6; position++) {
            recent.add(List.of(fact("web", position)), position);
        }

        assertThat(recent.after("web", 1)).isEmpty();
        assertThat(recent.after("web", 2).orElseThrow().facts()).hasSize(4);
    }

    @Test
    void add_beyondByteLimit_evictsOldestFact() {
        recent.restart(0);
        recent.add(List.of(new LiveFact(registered("web", "a"), 1, AT, 60)), 1);
        recent.add(List.of(new LiveFact(registered("web", "b"), 2, AT, 60)), 2);

        assertThat(recent.after("web", 0)).isEmpty();
        assertThat(recent.after("web", 1).orElseThrow().facts()).hasSize(1);
    }

    private static LiveFact fact(String service, long position) {
        return new LiveFact(registered(service, "i"), position, AT, 1);
    }
}
