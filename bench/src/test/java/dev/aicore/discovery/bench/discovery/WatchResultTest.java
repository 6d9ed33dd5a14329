package dev.aicore.discovery.bench.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aicore.discovery.bench.discovery.ArrivalQueue.Arrival;
import dev.aicore.discovery.bench.discovery.ChangeGenerator.WatchedChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchResultTest {

    private static final long MILLI = 1_000_000;

    /** Changes at the positions 7, with the watchers 10 and 11, and 8, with the watchers 12 and 13. */
    private static final List<WatchedChange> CHANGES =
            List.of(new WatchedChange(7, 100 * MILLI, 10, 2), new WatchedChange(8, 200 * MILLI, 12, 2));

    @Test
    void latency_isMeasuredFromRequestToEvent() {
        var watchResult = WatchResult.of(
                CHANGES,
                List.of(arrival(10, 7, 150), arrival(11, 7, 160), arrival(13, 8, 300), arrival(12, 8, 270)),
                0,
                2);

        assertThat(watchResult.round().answers()).isEqualTo(4);
        assertThat(watchResult.round().errors()).isZero();
        assertThat(watchResult.round().perSecond()).isEqualTo(2);
        assertThat(watchResult.round().p50Millis()).isCloseTo(60, within(0.1));
        assertThat(watchResult.longestMillis()).isCloseTo(100, within(0.1));
    }

    @Test
    void missedEvent_isCountedAsError() {
        assertThat(errors(arrival(10, 7, 150), arrival(12, 8, 270), arrival(13, 8, 270)))
                .isEqualTo(1);
        assertThat(errors()).isEqualTo(4);
    }

    @Test
    void duplicateOrMisdirectedEvent_isCountedAsError() {
        assertThat(errors(
                        arrival(10, 7, 150),
                        arrival(10, 7, 151),
                        arrival(11, 7, 150),
                        arrival(12, 8, 270),
                        arrival(13, 8, 270),
                        arrival(13, 7, 270),
                        arrival(13, 9, 270)))
                .isEqualTo(3);
    }

    @Test
    void refusedChange_isCountedAsErrorForEachWatcher() {
        var refused = List.of(
                new WatchedChange(WatchedChange.REFUSED, 0, 10, 2), new WatchedChange(WatchedChange.REFUSED, 0, 12, 2));

        assertThat(WatchResult.of(refused, List.of(), 1, 2).round().errors()).isEqualTo(5);
    }

    private static long errors(Arrival... arrivals) {
        return WatchResult.of(CHANGES, List.of(arrivals), 0, 2).round().errors();
    }

    private static Arrival arrival(int watcher, long position, long millis) {
        return new Arrival(watcher, position, millis * MILLI);
    }
}
