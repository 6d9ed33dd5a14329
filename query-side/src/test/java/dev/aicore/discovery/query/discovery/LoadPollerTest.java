package dev.aicore.discovery.query.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.query.testing.ManualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class LoadPollerTest {

    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final ServiceLoadCache loads = new ServiceLoadCache(time, 10, 10);
    private final Told told = new Told();
    private final LoadPoller polling = new LoadPoller(told, loads, scheduler);

    /** Source with the reports that a test sets. */
    private final class Told implements ConnectionCountSource {

        private final List<Report> reports = new ArrayList<>();
        private final List<Map<String, Long>> asked = new ArrayList<>();
        private int looks;
        private long mark;
        private boolean away;

        void tell(String id, int connections) {
            reports.add(new Report("orders", id, connections, time.now(), ++mark));
        }

        @Override
        public Mono<Long> readMark() {
            looks++;
            return away
                    ? Mono.error(new RegistryException(ErrorCode.STORE_UNAVAILABLE, "away", Duration.ofSeconds(1)))
                    : Mono.just(mark);
        }

        @Override
        public Mono<Reports> readAfter(Map<String, Long> positions, long upTo) {
            asked.add(new TreeMap<>(positions));
            var found = reports.stream()
                    .filter(report -> report.position() > positions.getOrDefault(report.service(), Long.MAX_VALUE))
                    .toList();
            return Mono.just(new Reports(found, upTo));
        }
    }

    @BeforeEach
    void start() {
        polling.start();
    }

    @AfterEach
    void stop() {
        polling.close();
    }

    @Test
    void polling_runsOnlyForRecentlyRequestedServices() {
        pass(5);
        assertThat(told.looks).isZero();
        loads.of("orders");
        pass(5);
        assertThat(told.looks).isEqualTo(5);
        pass(120);
        assertThat(told.looks).isEqualTo(60);
    }

    @Test
    void report_isAppliedWithinOneSecondAndReadOnce() {
        var orders = loads.of("orders");
        told.tell("a", 4);
        pass(3);
        assertThat(orders.load("a", 1)).isEqualTo(4);
        assertThat(told.asked).containsExactly(Map.of("orders", 0L));
        told.tell("a", 9);
        pass(1);
        assertThat(orders.load("a", 1)).isEqualTo(9);
        assertThat(told.asked).containsExactly(Map.of("orders", 0L), Map.of("orders", 1L));
    }

    @Test
    void laterRequestedService_isReadFromStart() {
        loads.of("orders");
        told.tell("a", 4);
        pass(1);
        loads.of("billing");
        pass(1);
        assertThat(told.asked).containsExactly(Map.of("orders", 0L), Map.of("billing", 0L));
    }

    @Test
    void load_duringDatabaseOutage_equalsLastReport() {
        var orders = loads.of("orders");
        told.tell("a", 4);
        pass(1);
        told.away = true;
        told.tell("a", 9);
        pass(10);
        assertThat(orders.load("a", 1)).isEqualTo(4);
        told.away = false;
        pass(1);
        assertThat(orders.load("a", 1)).isEqualTo(9);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            time.pass(Duration.ofSeconds(1));
            scheduler.advance(Duration.ofSeconds(1));
        }
    }
}
