package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** Instances that send a heartbeat every second whatever happens to the registry, and some that never do. */
final class HeartbeatClients {

    private static final String SERVICE = "living";
    private static final int BEATS_IN_ONE = 25;

    private final List<String> ids = new ArrayList<>();
    private final Duration ttl;

    /** Position of the last registration. */
    private long registered;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService senders = Executors.newCachedThreadPool();

    HeartbeatClients(int count, Duration ttl) {
        this.ttl = ttl;
        for (int i = 0; i < count; i++) {
            ids.add("living-" + i);
        }
    }

    /**
     * Expiry of a lease, by the registry's clock.
     *
     * @param lastGrace time of the last lease extension after the registry could not receive heartbeats
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

    /** Registers instances that won't send heartbeats. */
    List<String> registerSilent(RunningRegistry registry, int count) throws IOException {
        var silent = IntStream.range(0, count).mapToObj(i -> "silent-" + i).toList();
        for (var id : silent) {
            register(registry, id);
        }
        return silent;
    }

    /** Starts to send a heartbeat of each instance every second, several in one request, and ignores failures. */
    void beat(RunningRegistry registry) {
        var _ = clock.scheduleAtFixedRate(() -> send(registry), 0, 1, TimeUnit.SECONDS);
    }

    private void send(RunningRegistry registry) {
        for (int from = 0; from < ids.size(); from += BEATS_IN_ONE) {
            var some = ids.subList(from, Math.min(from + BEATS_IN_ONE, ids.size()));
            senders.execute(() -> beat(registry, some));
        }
    }

    void stop() {
        clock.shutdownNow();
        senders.shutdown();
    }

    /** Returns the number of instances that are listed as healthy, once the list contains all registrations. */
    long healthy(RunningRegistry registry) throws IOException {
        var services = registry.get("/api/v1/services?service_name=" + SERVICE + "&wait=20s&min_position=" + registered)
                .body()
                .at("/data/services");
        return services.valueStream()
                .filter(instance -> instance.at("/status").asString().equals("healthy"))
                .count();
    }

    /** Returns the living instances whose leases expired. */
    List<String> expired(RunningRegistry registry) {
        return ids.stream()
                .filter(id -> entryOf(id, "LeaseExpired", registry).isPresent())
                .toList();
    }

    Expired awaitExpiryOf(String id, RunningRegistry registry) {
        var entry = await(id, "LeaseExpired", registry);
        long grace = registry.store()
                .number("SELECT (extract(epoch FROM max(recorded_at)) * 1000)::bigint FROM store.facts"
                        + " WHERE type = 'LeasesGraced' AND position < "
                        + entry.at("/position").asLong());
        return new Expired(Instant.parse(entry.at("/at").asString()), Instant.ofEpochMilli(grace));
    }

    /** Returns the time of the removal, by the registry's clock. */
    Instant awaitRemovalOf(String id, RunningRegistry registry) {
        return Instant.parse(await(id, "InstanceRemoved", registry).at("/at").asString());
    }

    private JsonNode await(String id, String type, RunningRegistry registry) {
        Awaitility.await()
                .atMost(ttl.multipliedBy(10))
                .until(() -> entryOf(id, type, registry).isPresent());
        return entryOf(id, type, registry).orElseThrow();
    }

    private static Optional<JsonNode> entryOf(String id, String type, RunningRegistry registry) {
        try {
            return registry.get("/api/v1/services/" + id + "/history")
                    .body()
                    .at("/data/entries")
                    .valueStream()
                    .filter(entry -> entry.at("/type").asString().equals(type))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void beat(RunningRegistry registry, List<String> some) {
        try {
            registry.post("/api/v1/heartbeats", "{\"ids\": [\"" + String.join("\", \"", some) + "\"]}");
        } catch (IOException unheard) {
            // the next heartbeat follows
        }
    }

    private void register(RunningRegistry registry, String id) throws IOException {
        var reply = registry.post("/api/v1/services", RegistryStoryTest.body(id, SERVICE, (int) ttl.toSeconds()));
        assertThat(reply.status()).isEqualTo(201);
        registered = Math.max(registered, reply.position());
    }
}
