package dev.aicore.discovery.bench.health;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Http;
import dev.aicore.discovery.bench.rig.Workplace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long discovery still names an instance that was killed. */
final class Failover {

    private static final int ROUNDS = 5;
    private static final int INTERVAL_SECONDS = 2;
    private static final int THRESHOLD = 2;
    private static final int LONGEST_SECONDS = 30;
    private static final String DISCOVER = "/api/v1/discover?service_name=s-";

    private Failover() {}

    static void run() throws IOException, InterruptedException {
        try (var place = Workplace.make();
                var server = HealthBench.launch(place);
                var http = new Http(server.port())) {
            var checks = new ArrayList<Double>();
            var reports = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                checks.add(untilGone(http, "checked" + round, INTERVAL_SECONDS, false));
                reports.add(untilGone(http, "called" + round, 3_600, true));
            }
            System.out.printf(
                    "out of discovery after a kill: by checks (interval %d s, threshold %d) %s s; by reports of callers %s s%n",
                    INTERVAL_SECONDS, THRESHOLD, checks, reports);
            System.out.println(Goal.words(List.of(
                    new Goal("by checks < 5 s", Collections.max(checks) < 5),
                    new Goal("by reports < 1 s", Collections.max(reports) < 1))));
        }
    }

    /** Three instances of a service, one of which is killed; its callers tell of it if they are to. */
    private static double untilGone(Http http, String service, int interval, boolean report)
            throws IOException, InterruptedException {
        try (var living = TargetProcess.launch(2, 0, 0);
                var dying = TargetProcess.launch(1, 0, 0)) {
            register(http, service + "-a", living.http().get(0), interval);
            register(http, service + "-b", living.http().get(1), interval);
            register(http, service + "-dying", dying.http().getFirst(), interval);
            TimeUnit.SECONDS.sleep(2 * Math.min(interval, INTERVAL_SECONDS) + 1);
            if (!names(http, service)) {
                throw new IllegalStateException(service + " was gone before it was killed.");
            }
            dying.kill();
            long killed = System.nanoTime();
            while (names(http, service)) {
                if (System.nanoTime() - killed > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
                    return LONGEST_SECONDS;
                }
                if (report) {
                    http.post("/api/v1/services/" + service + "-dying/outcomes", "{\"failures\": 10}");
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return Math.round((System.nanoTime() - killed) / 1e6) / 1e3;
        }
    }

    private static boolean names(Http http, String service) throws IOException, InterruptedException {
        return http.get(DISCOVER + service).body().contains(service + "-dying");
    }

    private static void register(Http http, String id, int port, int interval)
            throws IOException, InterruptedException {
        var reply = http.post(
                "/api/v1/services", Checked.registration(id, "http", "127.0.0.1", port, interval, 1, THRESHOLD));
        if (reply.statusCode() != 201) {
            throw new IllegalStateException(reply.body());
        }
    }
}
