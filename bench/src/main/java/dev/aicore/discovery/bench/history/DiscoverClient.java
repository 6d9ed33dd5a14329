package dev.aicore.discovery.bench.history;

import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Discovers one service after the other while something else is measured. */
final class DiscoverClient implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(2);

    private final CompletableFuture<Void> ended;
    private volatile boolean over;
    private volatile int reads;
    private volatile int bad;

    DiscoverClient(int port, int services) {
        ended = CompletableFuture.runAsync(() -> read(port, services), Thread::startVirtualThread);
    }

    int reads() {
        return reads;
    }

    /** Returns the number of answers that failed or had no instance. */
    int bad() {
        return bad;
    }

    @Override
    public void close() {
        over = true;
        ended.join();
    }

    private void read(int port, int services) {
        int good = 0;
        int wrong = 0;
        try (var benchHttpClient = new BenchHttpClient(port)) {
            for (int i = 0; !over; i++) {
                var answer = benchHttpClient.get("/api/v1/discover?service_name=service-" + i % services);
                boolean found = answer.statusCode() == 200 && answer.body().contains("\"instance-");
                good += found ? 1 : 0;
                wrong += found ? 0 : 1;
                reads = good;
                bad = wrong;
                Sleeper.during(PAUSE);
            }
        } catch (IOException | InterruptedException ended) {
            bad = wrong + 1;
        }
    }
}
