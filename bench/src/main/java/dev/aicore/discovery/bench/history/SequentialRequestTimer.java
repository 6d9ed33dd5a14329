package dev.aicore.discovery.bench.history;

import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.RoundStatistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.function.IntFunction;

/** Asks one thing after the other, and tells how long each answer took. */
record SequentialRequestTimer(BenchHttpClient http) {

    private static final int WARM = 300;
    private static final int COUNTED = 500;
    private static final double NANOS = 1e6;

    /**
     * Milliseconds of each answer, after a while of the same.
     *
     * @param path of the request of a number
     */
    RoundStatistics millis(IntFunction<String> path) throws IOException, InterruptedException {
        for (int i = 0; i < WARM; i++) {
            ask(path.apply(i));
        }
        var millis = new ArrayList<Double>();
        for (int i = 0; i < COUNTED; i++) {
            long begun = System.nanoTime();
            ask(path.apply(WARM + i));
            millis.add((System.nanoTime() - begun) / NANOS);
        }
        return RoundStatistics.of(millis, Double::doubleValue);
    }

    /** The p99 of some. */
    static double p99(RoundStatistics roundStatistics) {
        return roundStatistics.sorted().get(roundStatistics.sorted().size() * 99 / 100);
    }

    private void ask(String path) throws IOException, InterruptedException {
        var answer = http.get(path);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
    }
}
