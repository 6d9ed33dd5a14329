package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.readmodel.discovery.PickBatch;
import dev.aicore.discovery.readmodel.discovery.PickBatch.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PickCounterTest {

    private static final int MOST = 3;

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final PickCounter pickCounter = new PickCounter(time, MOST);

    @Test
    void batch_containsPicksSincePreviousBatch() {
        confirmPosition(50);
        pick("orders", "a", 2);
        pick("orders", "b", 1);
        var first = pickCounter.nextBatch();
        pick("orders", "a", 4);

        assertThat(first.number()).isEqualTo(1);
        assertThat(picksByKey(first)).isEqualTo(Map.of("orders random a", 2L, "orders random b", 1L));
        assertThat(first.counts()).allSatisfy(count -> {
            assertThat(count.since()).isEqualTo(50);
            assertThat(count.begun()).isEqualTo(time.now());
        });
        pickCounter.markPersisted(first, 60);
        var second = pickCounter.nextBatch();
        assertThat(second.number()).isEqualTo(2);
        assertThat(picksByKey(second)).isEqualTo(Map.of("orders random a", 4L));
        assertThat(second.counts()).extracting(Count::since).containsExactly(60L);
        pickCounter.markPersisted(second, 70);
        assertThat(pickCounter.nextBatch()).isEqualTo(new PickBatch(0, List.of()));
    }

    @Test
    void unconfirmedBatch_isReturnedUnchanged() {
        confirmPosition(50);
        pick("orders", "a", 2);
        var batch = pickCounter.nextBatch();
        pick("orders", "a", 1);

        assertThat(pickCounter.nextBatch()).isSameAs(batch);
        pickCounter.markPersisted(batch, 60);
        assertThat(picksByKey(pickCounter.nextBatch())).isEqualTo(Map.of("orders random a", 1L));
    }

    @Test
    void picks_duringRetryOfBatch_startAtPreviousPosition() {
        confirmPosition(50);
        pick("orders", "a", 1);
        var batch = pickCounter.nextBatch();
        pick("orders", "a", 1);
        pickCounter.nextBatch();
        pickCounter.markPersisted(batch, 90);

        var next = pickCounter.nextBatch();
        assertThat(next.counts()).extracting(Count::since).containsExactly(50L);
        pick("orders", "a", 1);
        pickCounter.markPersisted(next, 95);
        assertThat(pickCounter.nextBatch().counts()).extracting(Count::since).containsExactly(95L);
    }

    @Test
    void picks_beforePositionIsKnown_areDeferred() {
        pick("orders", "a", 2);
        assertThat(pickCounter.nextBatch().counts()).isEmpty();
        confirmPosition(50);
        pick("orders", "a", 1);

        assertThat(picksByKey(pickCounter.nextBatch())).isEqualTo(Map.of("orders random a", 3L));
    }

    @Test
    void reset_discardsEarlierPicksOfService() {
        confirmPosition(50);
        pick("orders", "a", 5);
        pick("billing", "c", 1);

        pickCounter.reset("orders", 60);
        pick("orders", "a", 2);
        pickCounter.reset("orders", 60);
        pickCounter.reset("orders", 55);

        var batch = pickCounter.nextBatch();
        assertThat(picksByKey(batch)).isEqualTo(Map.of("orders random a", 2L, "billing random c", 1L));
        assertThat(batch.counts())
                .allSatisfy(count -> assertThat(count.since())
                        .isEqualTo(count.key().service().equals("orders") ? 60 : 50));
    }

    @Test
    void unwrittenPicks_includeFrozenAndCurrentBatch() {
        confirmPosition(50);
        pick("orders", "a", 2);
        pick("billing", "c", 1);
        var batch = pickCounter.nextBatch();
        pick("orders", "a", 3);

        var own = pickCounter.unpersisted("orders");
        assertThat(own).extracting(PickBatch::number).containsExactly(1L, 2L);
        assertThat(own)
                .extracting(PickCounterTest::picksByKey)
                .containsExactly(Map.of("orders random a", 2L), Map.of("orders random a", 3L));
        pickCounter.markPersisted(batch, 60);
        assertThat(pickCounter.unpersisted("orders"))
                .extracting(PickCounterTest::picksByKey)
                .containsExactly(Map.of("orders random a", 3L));
        assertThat(pickCounter.unpersisted("billing").getLast().counts()).isEmpty();
    }

    @Test
    void picks_beyondLimit_areCountedPerServiceThenDropped() {
        confirmPosition(50);
        for (int i = 0; i < 10; i++) {
            pick("orders", "i-" + i, 1);
        }
        for (int i = 0; i < 10; i++) {
            pick("s-" + i, "x", 1);
        }

        assertThat(picksByKey(pickCounter.nextBatch()))
                .isEqualTo(Map.of(
                        "orders random i-0", 1L,
                        "orders random i-1", 1L,
                        "orders random i-2", 1L,
                        "orders random ", 7L,
                        "s-0 random ", 1L,
                        "s-1 random ", 1L));
    }

    @Test
    void unusedCounters_areEvicted() {
        confirmPosition(50);
        for (int i = 0; i < MOST; i++) {
            pick("orders", "i-" + i, 1);
        }
        for (int i = 0; i < 8; i++) {
            pick("orders", "i-0", 1);
            pickCounter.markPersisted(pickCounter.nextBatch(), 60);
        }
        pick("orders", "new", 1);
        pick("orders", "i-0", 1);

        assertThat(picksByKey(pickCounter.nextBatch()))
                .isEqualTo(Map.of("orders random new", 1L, "orders random i-0", 1L));
    }

    @Test
    void concurrentFlushes_loseNoPicks() throws Exception {
        confirmPosition(50);
        long written = 0;
        try (var threads = Executors.newFixedThreadPool(4)) {
            var done = new ArrayList<Future<?>>();
            IntStream.range(0, 4).forEach(_ -> done.add(threads.submit(() -> pick("orders", "a", 50_000))));
            // Flushes much more often than in production, so counters are removed repeatedly while the threads use
            // them.
            while (!done.stream().allMatch(Future::isDone)) {
                written += flush();
            }
            for (var one : done) {
                one.get();
            }
        }
        assertThat(written + flush()).isEqualTo(200_000);
    }

    private long flush() {
        time.pass(Duration.ofSeconds(10));
        pick("others", "b", 1);
        var batch = pickCounter.nextBatch();
        pickCounter.markPersisted(batch, 60);
        return picksByKey(batch).getOrDefault("orders random a", 0L);
    }

    private void confirmPosition(long position) {
        pickCounter.markPersisted(pickCounter.nextBatch(), position);
    }

    private void pick(String service, String instance, int times) {
        for (int i = 0; i < times; i++) {
            pickCounter.picked("random", service, instance);
        }
    }

    private static Map<String, Long> picksByKey(PickBatch batch) {
        var said = new TreeMap<String, Long>();
        batch.counts()
                .forEach(count -> said.put(
                        count.key().service() + " " + count.key().strategy() + " "
                                + count.key().instance(),
                        count.picks()));
        return said;
    }
}
