package dev.aicore.discovery.query.watching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests what the tracker knows of the present, and when it stops to know it. */
class ChangeTrackerTest {

    private final InMemoryChangeSource inMemoryChangeSource = new InMemoryChangeSource();
    private final ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
    private final ChangeTracker changes = new ChangeTracker(3, time);

    @Test
    void tracker_beforeFirstPoll_isNotFresh() {
        assertThat(changes.isFresh()).isFalse();
        assertThat(changes.position()).isNegative();
    }

    @Test
    void neededPosition_afterFirstPoll_isPolledPosition() {
        inMemoryChangeSource.complete(7);
        begin();

        assertThat(changes.isFresh()).isTrue();
        assertThat(changes.position()).isEqualTo(7);
        assertThat(changes.minReadPosition("web")).isEqualTo(7);
    }

    @Test
    void neededPosition_isLastChangeOfService() {
        begin();
        inMemoryChangeSource.change("web", 3);
        inMemoryChangeSource.change("db", 4);
        inMemoryChangeSource.change("web", 5);
        poll(6);

        assertThat(changes.position()).isEqualTo(6);
        assertThat(changes.minReadPosition("web")).isEqualTo(5);
        assertThat(changes.minReadPosition("db")).isEqualTo(4);
        assertThat(changes.minReadPosition("other")).isZero();
    }

    @Test
    void neededPosition_beyondServiceLimit_isCurrentForAllServices() {
        begin();
        for (int i = 1; i <= 4; i++) {
            inMemoryChangeSource.change("service-" + i, i);
            poll(i);
        }

        assertThat(changes.minReadPosition("service-1")).isEqualTo(4);
        assertThat(changes.minReadPosition("other")).isEqualTo(4);
    }

    @Test
    void tracker_withoutPollForOneSecond_isNotFresh() {
        begin();
        time.pass(Duration.ofSeconds(1));
        assertThat(changes.isFresh()).isTrue();

        time.pass(Duration.ofNanos(1));
        assertThat(changes.isFresh()).isFalse();
        assertThat(changes.age()).isEqualTo(1_000_000_001);

        poll(1);
        assertThat(changes.isFresh()).isTrue();
    }

    @Test
    void tracker_afterPollAtLowerPosition_isNotFresh() {
        inMemoryChangeSource.complete(9);
        begin();
        time.pass(Duration.ofSeconds(2));

        poll(8);

        assertThat(changes.isFresh()).isFalse();
    }

    private void begin() {
        changes.pollFirst(inMemoryChangeSource.mark()).block();
    }

    private void poll(long mark) {
        inMemoryChangeSource.complete(mark);
        changes.pollNext(inMemoryChangeSource.changed(Math.max(changes.position(), 0)))
                .block();
    }
}
