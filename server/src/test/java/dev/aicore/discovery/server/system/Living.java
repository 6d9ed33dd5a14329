package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Instances that send a heartbeat every second whatever happens to the registry, and one that never does. */
final class Living {

    private static final String SERVICE = "living";
    private static final String SILENT = "silent";

    private final List<String> ids = new ArrayList<>();
    private final Duration ttl;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService senders = Executors.newCachedThreadPool();

    Living(int count, Duration ttl) {
        this.ttl = ttl;
        for (int i = 0; i < count; i++) {
            ids.add("living-" + i);
        }
    }

    /**
     * How a lease ended, by the registry's own clock.
     *
     * @param lastGrace when its lease last began anew because the registry could not have heard it
     */
    record Expired(Instant at, Instant lastGrace) {}

    int size() {
        return ids.size();
    }

    void register(RunningRegistry registry) throws IOException {
        for (var id : ids) {
            register(registry, id);
        }
    }

    /** The one that will not be heard again. */
    String registerSilent(RunningRegistry registry) throws IOException {
        register(registry, SILENT);
        return SILENT;
    }

    /** From now on each of them sends a heartbeat every second, and doesn't care what becomes of it. */
    void beat(RunningRegistry registry) {
        var _ = clock.scheduleAtFixedRate(
                () -> ids.forEach(id -> senders.execute(() -> beat(registry, id))), 0, 1, TimeUnit.SECONDS);
    }

    void stop() {
        clock.shutdownNow();
        senders.shutdown();
    }

    /** How many instances are listed as healthy. */
    long healthy(RunningRegistry registry) throws IOException {
        var services =
                registry.get("/api/v1/services?service_name=" + SERVICE).body().at("/data/services");
        return services.valueStream()
                .filter(instance -> instance.at("/status").asString().equals("healthy"))
                .count();
    }

    /** Those of the living that were taken for dead. */
    List<String> expired(RunningRegistry registry) {
        return ids.stream().filter(id -> expiryOf(id, registry).isPresent()).toList();
    }

    Expired awaitExpiryOf(String id, RunningRegistry registry) {
        await().atMost(ttl.multipliedBy(10)).until(() -> expiryOf(id, registry).isPresent());
        var entry = expiryOf(id, registry).orElseThrow();
        long grace = registry.store()
                .number("SELECT (extract(epoch FROM max(recorded_at)) * 1000)::bigint FROM store.facts"
                        + " WHERE type = 'LeasesGraced' AND position < "
                        + entry.at("/position").asLong());
        return new Expired(Instant.parse(entry.at("/at").asString()), Instant.ofEpochMilli(grace));
    }

    private static Optional<JsonNode> expiryOf(String id, RunningRegistry registry) {
        try {
            return registry.get("/api/v1/services/" + id + "/history")
                    .body()
                    .at("/data/entries")
                    .valueStream()
                    .filter(entry -> entry.at("/type").asString().equals("LeaseExpired"))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void beat(RunningRegistry registry, String id) {
        try {
            registry.post("/api/v1/services/" + id + "/heartbeat", "{}");
        } catch (IOException unheard) {
            // the next one follows
        }
    }

    private void register(RunningRegistry registry, String id) throws IOException {
        var reply = registry.post("/api/v1/services", RegistryStoryTest.body(id, SERVICE, (int) ttl.toSeconds()));
        assertThat(reply.status()).isEqualTo(201);
    }
}
