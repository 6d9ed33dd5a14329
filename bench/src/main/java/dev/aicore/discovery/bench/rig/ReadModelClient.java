package dev.aicore.discovery.bench.rig;

import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Client of a running registry's routes for read models. */
public record ReadModelClient(BenchHttpClient http) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROUTE = "/api/v1/admin/projections";
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    /** Returns the seconds until all read models have reached the head of the store. */
    public double secondsToCatchUp() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (lag() > 0) {
            Sleeper.during(POLL_INTERVAL);
        }
        return secondsSince(begun);
    }

    /** Returns the last position of the store. */
    public long head() throws IOException, InterruptedException {
        return data(ROUTE).at("/projections/0/head").asLong();
    }

    /**
     * Runs a task over all read models and returns its duration in seconds.
     *
     * @param task {@code rebuild} or {@code verify}
     * @throws IllegalStateException if it fails, or finds a difference
     */
    public double seconds(String task) throws IOException, InterruptedException {
        return seconds("all", task);
    }

    /**
     * Runs a task over one read model and returns its duration in seconds.
     *
     * @throws IllegalStateException if it fails, or finds a difference
     */
    public double seconds(String model, String task) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        var answer = http.post(ROUTE + '/' + model + '/' + task, "{}");
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(task + " returned status " + answer.statusCode() + ": " + answer.body());
        }
        var one = ROUTE + "/" + (model.equals("all") ? "instances" : model);
        var state = data(one).path("task");
        for (;
                state.path("state").asString().equals("running");
                state = data(one).path("task")) {
            Sleeper.during(POLL_INTERVAL);
        }
        for (var check : state.path("checks")) {
            if (!check.path("equal").asBoolean()) {
                throw new IllegalStateException("Not equal: " + check);
            }
        }
        if (!state.path("state").asString().equals("done")) {
            throw new IllegalStateException("The task failed: " + state);
        }
        return secondsSince(begun);
    }

    private long lag() throws IOException, InterruptedException {
        long max = 0;
        for (var model : data(ROUTE).path("projections")) {
            max = Math.max(max, model.path("lag").asLong());
        }
        return max;
    }

    private JsonNode data(String path) throws IOException, InterruptedException {
        return JSON.readTree(http.get(path).body()).path("data");
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
