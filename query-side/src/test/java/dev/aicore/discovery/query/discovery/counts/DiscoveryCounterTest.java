package dev.aicore.discovery.query.discovery.counts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.readmodel.discovery.DiscoveryCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiscoveryCounterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_PAIRS = 3;
    private static final long MAX_BYTES = 100_000;

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final Instant noon = time.now();
    private final DiscoveryCounter counter = new DiscoveryCounter(time, MAX_PAIRS, MAX_BYTES);

    @Test
    void answers_areCountedByMinutePrincipalAndService() {
        count("ann", "web", 20);
        count("ann", "web", 10);
        count("ann", "web", 15);
        count("ann", "db", 15);
        count("bob", "web", 16);
        assertThat(counter.oldestCompleted()).as("the minute isn't over").isNull();
        time.pass(MINUTE);
        count("ann", "web", 30);

        var minute = requireNonNull(counter.oldestCompleted());
        assertThat(minute.counts())
                .containsExactlyInAnyOrder(
                        new DiscoveryCount(noon, "ann", "web", 3, 10, 20),
                        new DiscoveryCount(noon, "ann", "db", 1, 15, 15),
                        new DiscoveryCount(noon, "bob", "web", 1, 16, 16));
        assertThat(counter.oldestCompleted()).as("until it is written").isSameAs(minute);

        counter.removePersisted(minute);
        assertThat(counter.oldestCompleted()).isNull();
        counter.end();
        assertThat(requireNonNull(counter.oldestCompleted()).counts())
                .containsExactly(new DiscoveryCount(noon.plus(MINUTE), "ann", "web", 1, 30, 30));
    }

    @Test
    void anonymousCallersAndNamesOfNoService_areNotCounted() {
        count("anonymous", "web", 1);
        count("ann", "no\0service", 1);
        count("ann", "", 1);
        counter.end();

        assertThat(counter.oldestCompleted()).isNull();
        assertThat(counter.dropped()).containsExactly(dropped("limit", 0), dropped("unwritten", 0));
    }

    @Test
    void pairsAboveMaximum_areDropped() {
        for (int i = 0; i < MAX_PAIRS; i++) {
            count("ann", "web-" + i, 1);
        }
        count("ann", "more", 1);
        count("ann", "more", 1);
        count("ann", "web-0", 2);
        counter.end();

        assertThat(requireNonNull(counter.oldestCompleted()).counts()).hasSize(MAX_PAIRS);
        assertThat(counter.dropped()).containsExactly(dropped("limit", 2), dropped("unwritten", 0));
    }

    @Test
    void counter_withMaximumOfZero_countsNothing() {
        var off = new DiscoveryCounter(time, 0, MAX_BYTES);
        off.count(caller("ann"), "web", 1);
        off.end();

        assertThat(off.oldestCompleted()).isNull();
        assertThat(off.dropped()).containsExactly(dropped("limit", 0), dropped("unwritten", 0));
    }

    @Test
    void oldestMinute_isDiscardedAboveMaximum() {
        for (int i = 0; i <= DiscoveryCounter.MAX_WAITING_MINUTES; i++) {
            count("ann", "web", i);
            count("ann", "web", i);
            time.pass(MINUTE);
        }

        assertThat(requireNonNull(counter.oldestCompleted()).counts())
                .containsExactly(new DiscoveryCount(noon.plus(MINUTE), "ann", "web", 2, 1, 1));
        assertThat(counter.dropped()).containsExactly(dropped("limit", 0), dropped("unwritten", 2));
    }

    @Test
    void memory_isBounded() {
        // A pair takes 700 bytes.
        var small = new DiscoveryCounter(time, 1_000, 2_000);
        var name = "n".repeat(100);
        for (int minute = 0; minute < 3; minute++) {
            small.count(caller(name), "s" + minute + "x".repeat(98), minute);
            time.pass(MINUTE);
        }
        assertThat(requireNonNull(small.oldestCompleted()).counts())
                .as("the first minute made room")
                .extracting(DiscoveryCount::minute)
                .containsExactly(noon.plus(MINUTE));
        assertThat(small.dropped()).containsExactly(dropped("limit", 0), dropped("unwritten", 1));

        for (int i = 0; i < 10; i++) {
            small.count(caller(name), "m" + i + "x".repeat(98), 1);
        }
        small.end();
        assertThat(requireNonNull(small.oldestCompleted()).counts()).hasSize(2);
        assertThat(small.dropped()).containsExactly(dropped("limit", 8), dropped("unwritten", 3));
    }

    @Test
    void concurrentAnswers_areAllCounted() {
        var threads = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    for (int i = 1; i <= 10_000; i++) {
                        count("ann", "web", thread * 10_000L + i);
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();
        counter.end();

        assertThat(requireNonNull(counter.oldestCompleted()).counts())
                .isEqualTo(List.of(new DiscoveryCount(noon, "ann", "web", 40_000, 1, 40_000)));
    }

    private void count(String principal, String service, long position) {
        counter.count(caller(principal), service, position);
    }

    private static Caller caller(String principal) {
        return new Caller(principal, "viewer", "10.0.0.9", "rest", "req-1", null);
    }

    private static Sample dropped(String reason, double count) {
        return new Sample(Map.of("reason", reason), count);
    }
}
