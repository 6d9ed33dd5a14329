package dev.aicore.discovery.bench.health;

import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.TempDirectory;
import dev.aicore.discovery.bench.rig.Threshold;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures how long discovery returns an instance after it was killed. */
final class FailoverScenario {

    private static final int ROUNDS = 5;
    private static final int INTERVAL_SECONDS = 2;
    private static final int THRESHOLD = 2;
    private static final int MAX_SECONDS = 30;
    private static final String DISCOVER = "/api/v1/discover?service_name=s-";

    private FailoverScenario() {}

    static void run() throws IOException, InterruptedException {
        try (var directory = TempDirectory.make();
                var server = HealthBench.launch(directory);
                var benchHttpClient = new BenchHttpClient(server.port())) {
            var checks = new ArrayList<Double>();
            var reports = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                checks.add(untilGone(benchHttpClient, "checked" + round, INTERVAL_SECONDS, false));
                reports.add(untilGone(benchHttpClient, "called" + round, 3_600, true));
            }
            System.out.printf(
                    "out of discovery after a kill: by checks (interval %d s, threshold %d) %s s; by reports of callers %s s%n",
                    INTERVAL_SECONDS, THRESHOLD, checks, reports);
            System.out.println(Threshold.words(List.of(
                    new Threshold("by checks < 5 s", Collections.max(checks) < 5),
                    new Threshold("by reports < 1 s", Collections.max(reports) < 1))));
        }
    }

    /**
     * Registers three instances of a service, kills one, and returns the seconds until discovery omits it, at most
     * {@link #MAX_SECONDS}.
     *
     * @param report true if callers report failed calls
     */
    private static double untilGone(BenchHttpClient benchHttpClient, String service, int interval, boolean report)
            throws IOException, InterruptedException {
        try (var living = TargetProcess.launch(2, 0, 0);
                var dying = TargetProcess.launch(1, 0, 0)) {
            register(benchHttpClient, service + "-a", living.http().get(0), interval);
            register(benchHttpClient, service + "-b", living.http().get(1), interval);
            register(benchHttpClient, service + "-dying", dying.http().getFirst(), interval);
            TimeUnit.SECONDS.sleep(2 * Math.min(interval, INTERVAL_SECONDS) + 1);
            if (!names(benchHttpClient, service)) {
                throw new IllegalStateException(service + " was not discovered before it was killed.");
            }
            dying.kill();
            long killed = System.nanoTime();
            while (names(benchHttpClient, service)) {
                if (System.nanoTime() - killed > TimeUnit.SECONDS.toNanos(MAX_SECONDS)) {
                    return MAX_SECONDS;
                }
                if (report) {
                    benchHttpClient.post("/api/v1/services/" + service + "-dying/outcomes", "{\"failures\": 10}");
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return Math.round((System.nanoTime() - killed) / 1e6) / 1e3;
        }
    }

    private static boolean names(BenchHttpClient benchHttpClient, String service)
            throws IOException, InterruptedException {
        return benchHttpClient.get(DISCOVER + service).body().contains(service + "-dying");
    }

    private static void register(BenchHttpClient benchHttpClient, String id, int port, int interval)
            throws IOException, InterruptedException {
        var reply = benchHttpClient.post(
                "/api/v1/services",
                HealthCheckLoad.registration(id, "http", "127.0.0.1", port, interval, 1, THRESHOLD));
        if (reply.statusCode() != 201) {
            throw new IllegalStateException(reply.body());
        }
    }
}
