package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.discovery.ConnectionCountSource.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceLoadCacheTest {

    private static final int SERVICES = 3;
    private static final int INSTANCES = 5;

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final ServiceLoadCache loads = new ServiceLoadCache(time, SERVICES, INSTANCES);

    @Test
    void load_isReportPlusLaterPicksPerWeight() {
        var orders = loads.of("orders");
        report("a", 10, 1);
        pick(orders, "a", 2);

        assertThat(orders.load("a", 1)).isEqualTo(12);
        assertThat(orders.load("a", 8)).isEqualTo(1.5);
        assertThat(orders.load("b", 1)).isZero();
    }

    @Test
    void report_discardsOnlyEarlierPicks() {
        var orders = loads.of("orders");
        pick(orders, "a", 4);
        time.pass(Duration.ofSeconds(10));
        var heard = new Report("orders", "a", 7, time.now(), 1);
        time.pass(Duration.ofSeconds(4));
        pick(orders, "a", 2);
        time.pass(Duration.ofSeconds(4));

        loads.reported(List.of("orders"), List.of(heard), 1);

        assertThat(orders.load("a", 1)).isEqualTo(9);
    }

    @Test
    void repeatedOrOlderReport_isIgnored() {
        var orders = loads.of("orders");
        report("a", 7, 5);
        time.pass(Duration.ofSeconds(3));
        pick(orders, "a", 1);

        report("a", 7, 5);
        report("a", 100, 4);

        assertThat(orders.load("a", 1)).isEqualTo(8);
    }

    @Test
    void load_withoutReport_isPicksOfLastMinute() {
        var orders = loads.of("orders");
        for (int second = 0; second < 600; second++) {
            pick(orders, "a", 1);
            assertThat(orders.load("a", 1)).isLessThanOrEqualTo(60);
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(orders.load("a", 1)).isEqualTo(58);
        time.pass(Duration.ofMinutes(1));
        assertThat(orders.load("a", 1)).isZero();
    }

    @Test
    void lastReport_withoutNewReports_remainsValid() {
        var orders = loads.of("orders");
        report("a", 7, 5);
        for (int minute = 0; minute < 120; minute++) {
            time.pass(Duration.ofMinutes(1));
            loads.of("orders");
            assertThat(loads.recentlyUsed()).containsKey("orders");
            assertThat(orders.load("a", 1)).isEqualTo(7);
        }
    }

    @Test
    void picks_afterWallClockJump_areRetained() {
        var orders = loads.of("orders");
        pick(orders, "a", 3);
        time.jump(Duration.ofHours(-1));
        report("b", 1, 1);
        time.pass(Duration.ofSeconds(5));

        assertThat(orders.load("a", 1)).isEqualTo(3);
        assertThat(orders.load("b", 1)).isEqualTo(1);
    }

    @Test
    void unrequestedServices_areEvictedWithLoads() {
        loads.of("orders");
        report("a", 7, 5);
        loads.reported(List.of("orders"), List.of(), 9);
        assertThat(loads.recentlyUsed()).isEqualTo(Map.of("orders", 9L));

        time.pass(Duration.ofSeconds(61));

        assertThat(loads.recentlyUsed()).isEmpty();
        assertThat(loads.of("orders").load("a", 1)).isZero();
        assertThat(loads.recentlyUsed()).isEqualTo(Map.of("orders", 0L));
    }

    @Test
    void unrequestedInstances_areEvicted() {
        var orders = loads.of("orders");
        report("a", 7, 5);
        for (int minute = 0; minute < 11; minute++) {
            time.pass(Duration.ofMinutes(1));
            loads.of("orders").load("b", 1);
            loads.recentlyUsed();
        }
        assertThat(orders.size()).isZero();
    }

    @Test
    void load_beyondLimits_isUnknown() {
        for (int i = 0; i < SERVICES + 2; i++) {
            pick(loads.of("s-" + i), "i-" + i, 4);
        }
        assertThat(loads.recentlyUsed()).hasSize(SERVICES);
        assertThat(loads.of("s-" + SERVICES).load("i-" + SERVICES, 1)).isNaN();

        var first = loads.of("s-0");
        pick(first, "more", 1);
        pick(first, "last", 1);
        loads.recentlyUsed();
        pick(first, "beyond", 1);
        assertThat(first.load("last", 1)).isEqualTo(1);
        assertThat(first.load("beyond", 1)).isNaN();
        pick(first, "last", 1);
        assertThat(first.load("last", 1)).isEqualTo(2);
    }

    @Test
    void concurrentPicks_areAllCounted() throws Exception {
        var orders = loads.of("orders");
        try (var threads = Executors.newFixedThreadPool(4)) {
            var done = new ArrayList<Future<?>>();
            IntStream.range(0, 4).forEach(_ -> done.add(threads.submit(() -> pick(orders, "a", 10_000))));
            for (var one : done) {
                one.get();
            }
        }
        assertThat(orders.load("a", 1)).isEqualTo(40_000);
    }

    private void report(String id, int connections, long position) {
        loads.reported(List.of(), List.of(new Report("orders", id, connections, time.now(), position)), position);
    }

    private static void pick(ServiceLoad serviceLoad, String id, int times) {
        for (int i = 0; i < times; i++) {
            serviceLoad.picked(id);
        }
    }
}
