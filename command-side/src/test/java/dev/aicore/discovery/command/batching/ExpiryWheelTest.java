package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.lease.Lease.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExpiryWheelTest {

    private final ExpiryWheel wheel = new ExpiryWheel(0);

    @Test
    void lease_beforeDueTime_isNotDue() {
        wheel.file(tracked("a", 5_000));
        assertThat(wheel.due(4_999)).isEmpty();
        assertThat(ids(wheel.due(5_100))).containsExactly("a");
        assertThat(wheel.due(500_000)).isEmpty();
    }

    @Test
    void renewedLease_isDueAtLaterTime() {
        var a = tracked("a", 5_000);
        wheel.file(a);
        a.dueAt = 9_000;
        wheel.fileIfEarlier(a);
        assertThat(wheel.due(8_900)).isEmpty();
        assertThat(ids(wheel.due(9_100))).containsExactly("a");
    }

    @Test
    void shortenedLease_isDueAtEarlierTime() {
        var a = tracked("a", 3_600_000);
        wheel.file(a);
        a.dueAt = 5_000;
        wheel.fileIfEarlier(a);
        assertThat(ids(wheel.due(5_100))).containsExactly("a");
        assertThat(wheel.due(4_000_000)).isEmpty();
    }

    @Test
    void dueTime_beyondOneTurn_isHonoured() {
        wheel.file(tracked("a", 102_400 * 3 + 50));
        for (long now = 0; now < 102_400 * 3; now += 100) {
            assertThat(wheel.due(now)).isEmpty();
        }
        assertThat(ids(wheel.due(102_400 * 3 + 200))).containsExactly("a");
    }

    @Test
    void leaseWithoutEnd_isNeverDue() {
        wheel.file(tracked("a", Long.MAX_VALUE));
        assertThat(wheel.due(1_000_000_000L)).isEmpty();
    }

    @Test
    void randomLeases_areDueOnTime() {
        var random = new Random(7);
        var all = new HashMap<String, TrackedLease>();
        long now = 0;
        for (int round = 0; round < 5_000; round++) {
            now += random.nextInt(400);
            var trackedLease = all.computeIfAbsent("i" + random.nextInt(50), id -> tracked(id, 0));
            trackedLease.dueAt = now + random.nextInt(300_000);
            wheel.fileIfEarlier(trackedLease);
            var due = wheel.due(now);
            for (var one : due) {
                assertThat(one.dueAt).isLessThanOrEqualTo(now);
                all.remove(one.id);
            }
            assertThat(late(all, now - 200)).isEmpty();
        }
    }

    private static List<String> late(Map<String, TrackedLease> all, long before) {
        return all.values().stream()
                .filter(one -> one.dueAt < before)
                .map(one -> one.id)
                .toList();
    }

    private static List<String> ids(List<TrackedLease> due) {
        var ids = new ArrayList<String>();
        due.forEach(trackedLease -> ids.add(trackedLease.id));
        return ids;
    }

    private static TrackedLease tracked(String id, long dueAt) {
        return new TrackedLease(id, 0, Phase.LIVE, dueAt);
    }
}
