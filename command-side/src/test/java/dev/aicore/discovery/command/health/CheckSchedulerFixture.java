package dev.aicore.discovery.command.health;

import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Scheduler with a time that is advanced manually, in milliseconds. The monotonic clock starts at a negative value,
 * which is possible.
 */
abstract class CheckSchedulerFixture {

    static final int SHARD = 3;
    static final long ORIGIN = -5_000_000_000_000L;
    static final long INTERVAL_MILLIS = 10_000;

    final CheckScheduler checkScheduler = schedule(100);

    static boolean end(CheckScheduler checkScheduler, RunningCheck runningCheck, long now) {
        return checkScheduler.end(runningCheck, true, now);
    }

    static void watch(CheckScheduler checkScheduler, int instances, long millis) {
        watch(checkScheduler, instances, millis, "a");
    }

    static void watch(CheckScheduler checkScheduler, int instances, long millis, String prefix) {
        for (int i = 0; i < instances; i++) {
            checkScheduler.watch(SHARD, probe(prefix + "-" + i), at(millis));
        }
    }

    static CheckScheduler schedule(int most) {
        return new CheckScheduler(most, new SplittableRandom(7), ORIGIN);
    }

    static Probe probe(String id) {
        return probe(id, 80);
    }

    static Probe probe(String id, int port) {
        var check = new HealthCheck("http", (int) INTERVAL_MILLIS / 1_000, 1, 3, 2, Map.of());
        return new Probe(id, "10.0.0.1", port, "http", check);
    }

    static long at(long millis) {
        return ORIGIN + millis * 1_000_000;
    }
}
