package dev.aicore.discovery.bench.discover;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;

/** Instances that are registered over HTTP, and how to ask for them. */
final class Population {

    private static final int AT_ONCE = 64;
    private static final int PATIENCE_SECONDS = 30;

    private final String base;
    private final int services;
    private final int inService;
    private final int limit;
    /** Up to where the registry has to be read to know all of them. */
    private final LongAccumulator position = new LongAccumulator(Math::max, 0);

    Population(int port, int services, int inService, int limit) {
        this.base = "http://127.0.0.1:" + port;
        this.services = services;
        this.inService = inService;
        this.limit = limit;
    }

    /** Returns when all are registered and can be discovered. */
    void register() throws IOException, InterruptedException {
        var room = new Semaphore(AT_ONCE);
        var refused = new AtomicInteger();
        try (var client = HttpClient.newHttpClient()) {
            for (int i = 0; i < services * inService; i++) {
                room.acquire();
                var _ = client.sendAsync(registration(i), BodyHandlers.ofString())
                        .whenComplete((answer, failure) -> {
                            if (failure != null || answer.statusCode() != 201) {
                                refused.incrementAndGet();
                            } else {
                                position.accumulate(answer.headers()
                                        .firstValueAsLong("X-Registry-Position")
                                        .orElse(0));
                            }
                            room.release();
                        });
            }
            room.acquire(AT_ONCE);
            if (refused.get() > 0) {
                throw new IllegalStateException(refused.get() + " instances were not registered.");
            }
        }
    }

    /** Of an answer, in bytes. */
    int lengthOfAnswer() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create(base + path("0") + "&wait=" + PATIENCE_SECONDS + "s&min_position=" + position);
            var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            long found = answer.body().split("\"port\":", -1).length - 1L;
            if (answer.statusCode() != 200 || found != limit) {
                throw new IllegalStateException("Not " + limit + " instances: " + answer.body());
            }
            return answer.body().length();
        }
    }

    /** What wrk asks for: one service after the other, in an order that has nothing to do with their names. */
    String script() {
        return """
                local n = 0
                request = function()
                  n = (n + 617) %% %d
                  return wrk.format("GET", "%s")
                end
                """.formatted(services, path("\" .. n .. \""));
    }

    private String path(String service) {
        return "/api/v1/discover?service_name=s-" + service + "&load_balancing_strategy=round_robin&limit=" + limit;
    }

    private HttpRequest registration(int number) {
        var body = """
                {"name": "s-%d", "version": "1.4.2", "address": "10.%d.%d.%d", "port": 8080, "protocol": "http", "weight": 100,
                 "ttl": 3600, "metadata": {"region": "eu-1", "team": "identity"}, "tags": ["api", "v1"], "zone": "a"}""".formatted(number / inService, number >> 16 & 255, number >> 8 & 255, number & 255);
        return HttpRequest.newBuilder(URI.create(base + "/api/v1/services"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
