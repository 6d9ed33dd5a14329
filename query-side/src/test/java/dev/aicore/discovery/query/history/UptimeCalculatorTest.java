package dev.aicore.discovery.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.history.UptimeView.InstanceUptime;
import dev.aicore.discovery.api.instance.InstanceStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UptimeCalculatorTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final TimeWindow WINDOW = new TimeWindow(NOON, NOON.plusSeconds(100));

    @Test
    void availability_excludesMaintenance() {
        var uptime = one(
                span(InstanceStatus.HEALTHY, 0, 60),
                span(InstanceStatus.MAINTENANCE, 60, 80),
                span(InstanceStatus.UNHEALTHY, 80, 100));

        assertThat(uptime.availability()).isEqualTo(0.75);
        assertThat(uptime.seconds())
                .containsExactlyInAnyOrderEntriesOf(Map.of("healthy", 60.0, "maintenance", 20.0, "unhealthy", 20.0));
        assertThat(uptime.status()).isEqualTo("unhealthy");
    }

    @Test
    void outage_spansConsecutiveUnavailableStates() {
        var uptime = one(
                span(InstanceStatus.HEALTHY, 0, 10),
                span(InstanceStatus.UNHEALTHY, 10, 20),
                span(InstanceStatus.EXPIRED, 20, 40),
                span(InstanceStatus.HEALTHY, 40, 50),
                span(InstanceStatus.EJECTED, 50, 60),
                span(InstanceStatus.HEALTHY, 60, 100));

        assertThat(uptime.outages()).isEqualTo(2);
        assertThat(uptime.flaps()).isEqualTo(2);
        assertThat(uptime.mttrSeconds()).isEqualTo(20.0);
    }

    @Test
    void outage_withoutEnd_hasNoMttr() {
        var uptime = one(span(InstanceStatus.HEALTHY, 0, 10), span(InstanceStatus.UNHEALTHY, 10, 100));

        assertThat(uptime.outages()).isEqualTo(1);
        assertThat(uptime.mttrSeconds()).isNull();
    }

    @Test
    void outage_ofRemovedInstance_endsWithReturn() {
        var uptime = one(
                span(InstanceStatus.EXPIRED, 0, 10),
                span(null, 10, 30),
                span(InstanceStatus.HEALTHY, 30, 40),
                span(null, 40, 100));

        assertThat(uptime.mttrSeconds()).isEqualTo(30.0);
        assertThat(uptime.flaps()).isZero();
        assertThat(uptime.availability()).isEqualTo(0.5);
        assertThat(uptime.status()).isNull();
    }

    @Test
    void outage_endsWithDeregistration() {
        var uptime = one(
                span(InstanceStatus.HEALTHY, 0, 10),
                span(InstanceStatus.UNHEALTHY, 10, 20),
                new StatusSpan("a", null, true, at(20), at(90)),
                span(InstanceStatus.HEALTHY, 90, 100));

        assertThat(uptime.mttrSeconds()).isEqualTo(10.0);
        assertThat(uptime.outages()).isEqualTo(1);
    }

    @Test
    void plannedAbsence_isNoOutage() {
        var uptime = one(
                span(InstanceStatus.HEALTHY, 0, 10),
                span(InstanceStatus.DRAINING, 10, 20),
                span(null, 20, 30),
                span(InstanceStatus.HEALTHY, 30, 100));

        assertThat(uptime.outages()).isZero();
        assertThat(uptime.flaps()).isZero();
        assertThat(uptime.availability()).isEqualTo(1.0);
    }

    @Test
    void availability_duringMaintenanceOnly_isUndefined() {
        assertThat(one(span(InstanceStatus.MAINTENANCE, 0, 100)).availability()).isNull();
    }

    @Test
    void serviceAvailability_requiresOneAvailableInstance() {
        var spans = new ArrayList<StatusSpan>();
        spans.add(new StatusSpan("a", InstanceStatus.HEALTHY, false, at(0), at(30)));
        spans.add(new StatusSpan("a", InstanceStatus.UNHEALTHY, false, at(30), at(100)));
        spans.add(new StatusSpan("b", InstanceStatus.HEALTHY, false, at(20), at(50)));
        spans.add(new StatusSpan("b", InstanceStatus.UNHEALTHY, false, at(50), at(70)));
        spans.add(new StatusSpan("b", InstanceStatus.HEALTHY, false, at(70), at(80)));
        spans.add(new StatusSpan("c", InstanceStatus.HEALTHY, false, at(25), at(35)));

        assertThat(UptimeCalculator.of("web", WINDOW, spans).availability()).isEqualTo(0.6);
        assertThat(UptimeCalculator.of("web", WINDOW, List.of()).availability()).isZero();
    }

    private static InstanceUptime one(StatusSpan... spans) {
        return UptimeCalculator.of("web", WINDOW, List.of(spans)).instances().getFirst();
    }

    private static StatusSpan span(@Nullable InstanceStatus instanceStatus, int from, int to) {
        return new StatusSpan("a", instanceStatus, false, at(from), at(to));
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
