package dev.aicore.discovery.bench.history;

import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.RoundStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.function.IntFunction;

/** Sends requests one after the other and measures their latencies. */
record SequentialRequestTimer(BenchHttpClient http) {

    private static final int WARM_UP_REQUESTS = 300;
    private static final int COUNTED = 500;
    private static final double NANOS = 1e6;

    /**
     * Returns the latency of each answer in milliseconds, after a warm-up.
     *
     * @param path returns the path of a request by its number
     */
    RoundStatistics millis(IntFunction<String> path) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP_REQUESTS; i++) {
            send(path.apply(i));
        }
        var millis = new ArrayList<Double>();
        for (int i = 0; i < COUNTED; i++) {
            long begun = System.nanoTime();
            send(path.apply(WARM_UP_REQUESTS + i));
            millis.add((System.nanoTime() - begun) / NANOS);
        }
        return RoundStatistics.of(millis, Double::doubleValue);
    }

    /** Returns the p99 of the samples. */
    static double p99(RoundStatistics roundStatistics) {
        return roundStatistics.sorted().get(roundStatistics.sorted().size() * 99 / 100);
    }

    private void send(String path) throws IOException, InterruptedException {
        var answer = http.get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " returned status " + answer.statusCode() + ": " + answer.body());
        }
    }
}
