package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.server.system.IdempotentClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server around its answers, so that clients don't know whether their write is durable, and repeats the
 * writes with the same key.
 */
@Tag("integration")
@Tag(FaultTestSize.TAG)
class KilledAnswerTest {

    private static final int KILLS = FaultTestSize.of(2, 20);
    private static final int IN_FLIGHT = 20;

    /** Maximum number of kills, until one hits between a durable write and its answer. */
    private static final int MAX_KILLS = 30;

    @TempDir
    Path directory;

    private final Map<String, Answer> answered = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> unanswered = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private final Random moments = new Random(1789);
    private int checked;
    private int lostAnswers;
    private final AtomicInteger lostAnswersOfDurable = new AtomicInteger();

    private interface Checked<T> {

        boolean of(T one) throws IOException;
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void repeatedWrite_afterKill_isExecutedOnce() throws Exception {
        int kills = 0;
        var registry = RunningRegistry.start(directory);
        try {
            for (; kills < KILLS || (lostAnswersOfDurable.get() == 0 && kills < MAX_KILLS); kills++) {
                int moment = 100 + moments.nextInt(200);
                var clients = clients(new IdempotentClient(registry));
                await().pollInterval(Duration.ofMillis(1))
                        .atMost(Duration.ofMinutes(2))
                        .until(() -> answered.size() >= moment);
                registry.kill();
                for (var client : clients) {
                    client.join();
                }
                registry = RunningRegistry.start(directory);
                sendAgain(registry);
            }
        } finally {
            registry.close();
        }
        System.out.printf(
                "idempotency: %d writes under keys, %d kills, %d answers lost, %d of them of durable writes, each done once%n",
                checked, kills, lostAnswers, lostAnswersOfDurable.get());
        refusals.forEach((detail, times) -> System.out.printf("idempotency: refused %d times: %s%n", times, detail));
        assertThat(lostAnswers).isGreaterThanOrEqualTo(kills);
        assertThat(lostAnswersOfDurable.get()).isPositive();
    }

    private List<Thread> clients(IdempotentClient client) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < IN_FLIGHT; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (true) {
                    var id = "i" + names.incrementAndGet();
                    try {
                        var answer = client.register(id, body(id));
                        if (answer.status() == 503) {
                            // The outcome is unknown and the request must be repeated, as without an answer.
                            unanswered.add(id);
                            refusals.merge(answer.json().at("/detail").asString(), 1, Integer::sum);
                        } else {
                            answered.put(id, answer);
                        }
                    } catch (IOException killed) {
                        unanswered.add(id);
                        return;
                    }
                }
            }));
        }
        return threads;
    }

    private void sendAgain(RunningRegistry registry) throws Exception {
        var client = new IdempotentClient(registry);
        lostAnswers += unanswered.size();
        runConcurrently(unanswered, id -> {
            var answer = client.register(id, body(id));
            // If its event were durable without its key, the repeated registration would return 200.
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            lostAnswersOfDurable.addAndGet(answer.replayed() ? 1 : 0);
            assertThat(client.register(id, body(id))).isEqualTo(answer.again());
            return assertRegisteredOnce(registry, id, answer);
        });
        runConcurrently(answered.entrySet(), known -> {
            var id = known.getKey();
            assertThat(known.getValue().status()).isEqualTo(201);
            assertThat(client.register(id, body(id))).isEqualTo(known.getValue().again());
            return assertRegisteredOnce(registry, id, known.getValue());
        });
        checked += unanswered.size() + answered.size();
        unanswered.clear();
        answered.clear();
    }

    private static <T> void runConcurrently(Collection<T> all, Checked<T> check) throws Exception {
        try (var clients = Executors.newFixedThreadPool(IN_FLIGHT)) {
            var checks = all.stream()
                    .<Callable<Boolean>>map(one -> () -> check.of(one))
                    .toList();
            for (var done : clients.invokeAll(checks)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private static boolean assertRegisteredOnce(RunningRegistry registry, String id, Answer answer) throws IOException {
        var history = registry.get("/api/v1/services/" + id + "/history?min_position=" + answer.position());
        int registrations = 0;
        for (var entry : history.body().at("/data/entries")) {
            registrations += entry.at("/type").asString().equals("InstanceRegistered") ? 1 : 0;
        }
        assertThat(registrations).as(id).isEqualTo(1);
        return true;
    }

    private static String body(String id) {
        return RegistryStoryTest.body(id, "s" + id.hashCode() % 20, 3_600);
    }
}
