package dev.aicore.discovery.client;

import dev.aicore.discovery.client.http.WireRequest;
import dev.aicore.discovery.client.json.JsonWriter;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reports outcomes of calls to the registry: every 5 s where something failed, every 30 s otherwise, in one batch. A
 * report that isn't answered is lost: newer ones matter more. With an older registry, which has no batches, it reports
 * only instances whose calls failed.
 */
final class OutcomeLoop implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int ROUNDS_WITHOUT_FAILURE = 6;
    private static final int MAX_BATCH = 1_000;
    private static final int MAX_SINGLE_REPORTS = 50;
    private static final int MAX_COUNT = 10_000;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;

    private final RegistryRequests requests;
    private final ClientTime time;
    private final Supplier<List<ServiceState>> services;
    private volatile boolean closed;
    private boolean hasBatches = true;
    private int rounds;

    OutcomeLoop(RegistryRequests requests, ClientTime time, Supplier<List<ServiceState>> services) {
        this.requests = requests;
        this.time = time;
        this.services = services;
    }

    void start() {
        time.schedule(INTERVAL, this::run);
    }

    private void run() {
        if (closed) {
            return;
        }
        try {
            rounds++;
            boolean all = rounds % ROUNDS_WITHOUT_FAILURE == 0;
            var reports = collect(all);
            for (int begin = 0; begin < reports.size(); begin += MAX_BATCH) {
                send(reports.subList(begin, Math.min(reports.size(), begin + MAX_BATCH)));
            }
        } catch (RegistryRequestException e) {
            RegistryRequests.LOG.log(Level.DEBUG, "Outcomes are lost: {0}", e.getMessage());
        } catch (RuntimeException e) {
            RegistryRequests.LOG.log(Level.ERROR, "Outcomes could not be reported.", e);
        } finally {
            start();
        }
    }

    private List<Map<String, Object>> collect(boolean all) {
        var reports = new ArrayList<Map<String, Object>>();
        for (var service : services.get()) {
            var list = service.list();
            if (list == null) {
                continue;
            }
            for (var listed : list.instances()) {
                if (all || listed.stats().hasFailures()) {
                    var counts = listed.stats().drain();
                    if (counts.successes() + counts.failures() > 0) {
                        reports.add(report(listed.id(), counts));
                    }
                }
            }
        }
        return reports;
    }

    /** Returns a report within the registry's bounds, with the same share of failures. */
    private static Map<String, Object> report(String id, CallStats.Counts counts) {
        int larger = Math.max(counts.successes(), counts.failures());
        double scale = larger > MAX_COUNT ? (double) MAX_COUNT / larger : 1;
        return Map.of(
                "id", id,
                "successes", (int) Math.round(counts.successes() * scale),
                "failures", (int) Math.round(counts.failures() * scale));
    }

    private void send(List<Map<String, Object>> reports) {
        if (hasBatches) {
            var answer =
                    requests.send(WireRequest.post("/api/v1/outcomes", JsonWriter.write(Map.of("outcomes", reports))));
            if (answer.status() != NOT_FOUND && answer.status() != NOT_ALLOWED) {
                return;
            }
            hasBatches = false;
        }
        reports.stream()
                .filter(report -> !Integer.valueOf(0).equals(report.get("failures")))
                .limit(MAX_SINGLE_REPORTS)
                .forEach(report -> requests.send(WireRequest.post(
                        "/api/v1/services/" + WireRequest.encode(String.valueOf(report.get("id"))) + "/outcomes",
                        JsonWriter.write(
                                Map.of("successes", report.get("successes"), "failures", report.get("failures"))))));
    }

    @Override
    public void close() {
        closed = true;
    }
}
