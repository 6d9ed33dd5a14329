package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that writes down what it is told, and a server that is killed under it. What was acknowledged is there
 * afterwards, and once; what wasn't may be either way. {@code -Dledger.kills=20} makes it long.
 */
@Tag("integration")
class KillLedgerTest {

    private static final int KILLS = Integer.getInteger("ledger.kills", 3);
    private static final int CLIENTS = 16;

    private enum Told {
        REGISTERED,
        DEREGISTERED,
        UNKNOWN
    }

    @TempDir
    Path directory;

    private final Map<String, Told> ledger = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> living = new ConcurrentLinkedQueue<>();
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicLong highest = new AtomicLong();
    private final Random moments = new Random(4711);

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void whatWasAcknowledgedIsThereAndOnce() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            var registry = RunningRegistry.start(directory);
            var clients = clients(registry);
            int moment = operations.get() + 150 + moments.nextInt(300);
            await().atMost(Duration.ofMinutes(2)).until(() -> operations.get() >= moment);
            registry.kill();
            for (var client : clients) {
                client.join();
            }
        }
        try (var registry = RunningRegistry.start(directory)) {
            examine(registry);
        }
    }

    private List<Thread> clients(RunningRegistry registry) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < CLIENTS; i++) {
            int seed = i;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    var random = new Random(seed);
                    while (true) {
                        operate(registry, random.nextInt(10));
                        operations.incrementAndGet();
                    }
                } catch (IOException killed) {
                    // its server is dead, and so is this client
                }
            }));
        }
        return threads;
    }

    private void operate(RunningRegistry registry, int choice) throws IOException {
        var known = choice < 4 ? null : living.poll();
        if (known == null) {
            var id = "i" + names.incrementAndGet();
            ledger.put(id, Told.UNKNOWN);
            var reply = registry.post("/api/v1/services", RegistryStoryTest.body(id, "s" + id.hashCode() % 20, 3_600));
            if (reply.status() == 201) {
                acknowledged(reply, id, Told.REGISTERED);
                living.add(id);
            }
        } else if (choice < 9) {
            var reply = registry.post("/api/v1/services/" + known + "/heartbeat", "{}");
            if (reply.status() == 200) {
                acknowledged(reply, known, Told.REGISTERED);
            }
            living.add(known);
        } else {
            ledger.put(known, Told.UNKNOWN);
            var reply = registry.delete("/api/v1/services/" + known);
            if (reply.status() == 200) {
                acknowledged(reply, known, Told.DEREGISTERED);
            }
        }
    }

    private void acknowledged(RunningRegistry.Reply reply, String id, Told told) {
        ledger.put(id, told);
        highest.accumulateAndGet(reply.body().at("/meta/position").asLong(), Math::max);
    }

    private void examine(RunningRegistry registry) throws IOException {
        var status = registry.get("/api/v1/status?min_position=" + highest).body();
        assertThat(status.at("/data/store/position").asLong()).isGreaterThanOrEqualTo(highest.get());
        var lost = new ArrayList<String>();
        var twice = new ArrayList<String>();
        for (var entry : ledger.entrySet()) {
            var id = entry.getKey();
            var present = registry.get("/api/v1/services/" + id + "?min_position=" + highest);
            switch (entry.getValue()) {
                case REGISTERED -> {
                    if (present.status() != 200) {
                        lost.add(id + ": registered, yet " + present.status());
                    }
                }
                case DEREGISTERED -> {
                    if (present.status() != 404) {
                        lost.add(id + ": deregistered, yet " + present.status());
                    }
                }
                case UNKNOWN -> {}
            }
            int registrations = 0;
            for (var fact :
                    registry.get("/api/v1/services/" + id + "/history").body().at("/data/entries")) {
                registrations += fact.at("/type").asString().equals("InstanceRegistered") ? 1 : 0;
            }
            if (registrations > 1) {
                twice.add(id);
            }
        }
        System.out.printf(
                "kill ledger: %d operations, %d kills, acknowledged lost %d, twice %d%n",
                operations.get(), KILLS, lost.size(), twice.size());
        assertThat(lost).isEmpty();
        assertThat(twice).isEmpty();
        assertThat(operations).hasValueGreaterThan(KILLS * 150);
    }
}
