package dev.aicore.discovery.bench.soak;

import dev.aicore.discovery.bench.load.BlockingHttpClient;
import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.load.SseLoadGenerator;
import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.ReadModelClient;
import dev.aicore.discovery.bench.rig.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Mixed load: heartbeats at a constant rate from the calling thread; from other threads registrations, deregistrations
 * and discoveries, watchers, and rebuilds.
 */
final class SoakLoad implements AutoCloseable {

    private static final int SERVICES = 100;
    private static final int WATCHERS = 200;
    private static final int CONNECTIONS = 256;
    private static final int TTL_SECONDS = 600;
    private static final int MAX_ATTEMPTS = 3;

    /**
     * Number of times that as many instances as stay are registered and deregistered before the measurement. A shard
     * remembers the ids of an hour, at most 8,192. With the default number of instances these fill all shards;
     * otherwise the churn would add to them until the last minute.
     */
    private static final int FORMER_GENERATIONS = 6;

    private static final Duration CHURN_INTERVAL = Duration.ofMillis(100);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final int port;
    private final int perSecond;
    private final RequestCycle heartbeats;
    private final SseLoadGenerator watchers;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong rebuilds = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /** @param port port on 127.0.0.1 */
    SoakLoad(int port, int perSecond) throws IOException {
        this.port = port;
        this.perSecond = perSecond;
        this.heartbeats = RequestCycle.of(IntStream.range(0, perSecond)
                        .mapToObj(i -> RequestCycle.send("POST", "/api/v1/services/soak-" + i + "/heartbeat", ""))
                        .toList())
                .shuffled();
        this.watchers = new SseLoadGenerator(port, (_, _, _, _) -> events.incrementAndGet());
    }

    /** Registers the instances after the former ones, and starts everything but the heartbeats. */
    void start(Duration rebuildInterval) throws IOException, InterruptedException {
        for (int i = 1; i <= FORMER_GENERATIONS; i++) {
            var prefix = "former-" + i + "-";
            sendAll(instances().mapToObj(number -> register(prefix + number, number)));
            sendAll(instances().mapToObj(number -> deregister(prefix + number)));
        }
        sendAll(instances().mapToObj(number -> register("soak-" + number, number)));
        try (var http = new BenchHttpClient(port)) {
            new ReadModelClient(http).secondsToCatchUp();
        }
        watchers.add(IntStream.range(0, WATCHERS)
                .mapToObj(i -> "/api/v1/watch?service_name=soak-" + i % SERVICES)
                .toList());
        repeat(CHURN_INTERVAL, this::churn);
        repeat(rebuildInterval, this::rebuild);
    }

    /** Sends heartbeats for a duration, and returns their figures. */
    LoadRound heartbeats(Duration duration) throws IOException {
        return new BuiltInGenerator().open(port, heartbeats, CONNECTIONS, perSecond, duration);
    }

    /** Describes what was sent beside the heartbeats. */
    String summary() {
        return ("%,d registrations, deregistrations and discoveries each (%,d refused, %,d failed),"
                        + " %,d events to %d watchers (%d lost), %d rebuilds")
                .formatted(
                        changes.get(),
                        repeated.get(),
                        failures.get(),
                        events.get(),
                        WATCHERS,
                        watchers.lost(),
                        rebuilds.get());
    }

    /** Returns the number of requests beside the heartbeats that failed, and of streams that ended. */
    long failures() {
        return failures.get() + watchers.lost();
    }

    private void churn(BlockingHttpClient client, long number) throws IOException {
        var id = "churn-" + number;
        send(client, register(id, (int) (number % SERVICES)));
        send(client, RequestCycle.get("/api/v1/discover?service_name=soak-" + number % SERVICES));
        send(client, deregister(id));
        changes.incrementAndGet();
    }

    /** Uses a connection of its own: the server has closed an idle one by the time of the next rebuild. */
    private void rebuild(BlockingHttpClient idle, long number) throws IOException {
        if (number > 0) {
            try (var client = new BlockingHttpClient(port)) {
                send(client, RequestCycle.send("POST", "/api/v1/admin/projections/instances/rebuild", ""));
            }
            rebuilds.incrementAndGet();
        }
    }

    /** Sends a request, and again if it is refused, as the answer 503 of a busy server asks for. */
    private void send(BlockingHttpClient client, byte[] request) throws IOException {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            if (client.send(request).isGood()) {
                return;
            }
            repeated.incrementAndGet();
            Sleeper.until(System.nanoTime() + RETRY_DELAY.toNanos());
        }
        failures.incrementAndGet();
    }

    @FunctionalInterface
    private interface Step {
        void take(BlockingHttpClient client, long number) throws IOException;
    }

    private void repeat(Duration interval, Step step) {
        threads.add(Thread.ofPlatform().daemon().name("soak").start(() -> {
            long begin = System.nanoTime();
            for (long number = 0; !closed; number++) {
                Sleeper.until(begin + number * interval.toNanos());
                try (var client = new BlockingHttpClient(port)) {
                    for (; !closed; number++) {
                        Sleeper.until(begin + number * interval.toNanos());
                        step.take(client, number);
                    }
                } catch (IOException e) {
                    countFailure(e);
                }
            }
        }));
    }

    private void countFailure(IOException failure) {
        if (!closed) {
            failures.incrementAndGet();
            System.out.println("A request of the soak failed: " + failure.getMessage());
        }
    }

    private IntStream instances() {
        return IntStream.range(0, perSecond);
    }

    private void sendAll(Stream<byte[]> requests) throws IOException {
        var round = new BuiltInGenerator().once(port, RequestCycle.of(requests.toList()), CONNECTIONS);
        if (round.errors() > 0) {
            throw new IllegalStateException(round.errors() + " instances were not registered or deregistered.");
        }
    }

    private static byte[] deregister(String id) {
        return RequestCycle.send("DELETE", "/api/v1/services/" + id, "");
    }

    private static byte[] register(String id, int number) {
        return RequestCycle.send("POST", "/api/v1/services", """
                {"id": "%s", "name": "soak-%d", "address": "10.%d.%d.%d", "port": 8080, "ttl": %d}""".formatted(
                        id, number % SERVICES, number >> 16 & 255, number >> 8 & 255, number & 255, TTL_SECONDS));
    }

    @Override
    public void close() throws IOException {
        closed = true;
        threads.forEach(Thread::interrupt);
        watchers.close();
    }
}
