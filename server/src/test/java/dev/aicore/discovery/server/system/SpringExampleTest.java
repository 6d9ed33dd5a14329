package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the services of {@code examples/spring} against the server, all as processes. Orders call payments by name:
 * while the registry is killed, and while all instances of payments are replaced one by one.
 */
@Tag("clients")
class SpringExampleTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Deque<SpringServiceProcess> payments = new ArrayDeque<>();

    @TempDir
    Path directory;

    @Test
    @Timeout(300)
    void services_findEachOther_duringOutageAndRollingRestart() throws Exception {
        int port = RunningRegistry.freePort();
        var registry = RunningRegistry.start(directory, port, List.of());
        try (var orders = start("orders.OrdersApplication", "orders", registry)) {
            startPayments(registry, "payments-1");
            startPayments(registry, "payments-2");
            var service = URI.create("http://127.0.0.1:" + ordersPort(registry) + "/orders/7");
            for (var instance : payments) {
                awaitAnswerOf(service, instance);
            }

            registry.kill();
            assertThat(failures(service, 200)).as("failed requests without a registry").isEmpty();
            registry = RunningRegistry.start(directory, port, List.of());

            assertThat(failuresDuring(service, this::rollingRestart, registry))
                    .as("failed requests during the restart of all instances")
                    .isEmpty();
            assertThat(orders.pid()).isPositive();
        } finally {
            payments.forEach(SpringServiceProcess::close);
            registry.close();
        }
    }

    private void startPayments(RunningRegistry registry, String log) throws IOException {
        payments.add(start("payments.PaymentsApplication", log, registry));
    }

    private SpringServiceProcess start(String main, String log, RunningRegistry registry) throws IOException {
        return SpringServiceProcess.start(main, registry.address(), directory.resolve(log + ".log"));
    }

    private static int ordersPort(RunningRegistry registry) {
        var found = new AtomicInteger();
        await().atMost(PATIENCE).until(() -> {
            var port = registry.get("/api/v1/discover?service_name=orders").body().findPath("port");
            found.set(port.asInt(0));
            return found.get() > 0;
        });
        return found.get();
    }

    private void awaitAnswerOf(URI service, SpringServiceProcess instance) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> call(service).endsWith("charged by process " + instance.pid()));
    }

    /** Replaces each instance: a new one first, then the end of the old one. */
    private void rollingRestart(URI service, RunningRegistry registry) throws Exception {
        for (int i = 0; i < 2; i++) {
            startPayments(registry, "payments-new-" + i);
            awaitAnswerOf(service, payments.getLast());
            payments.removeFirst().stop();
        }
    }

    private interface Step {
        void run(URI service, RunningRegistry registry) throws Exception;
    }

    private ConcurrentLinkedQueue<String> failuresDuring(URI service, Step step, RunningRegistry registry)
            throws Exception {
        var failures = new ConcurrentLinkedQueue<String>();
        var ended = new AtomicBoolean();
        var calls = new AtomicInteger();
        var load = Thread.startVirtualThread(() -> {
            while (!ended.get()) {
                failures.addAll(failures(service, 1));
                calls.incrementAndGet();
            }
        });
        try {
            step.run(service, registry);
        } finally {
            ended.set(true);
            load.join();
        }
        assertThat(calls).as("requests during the restart").hasValueGreaterThan(100);
        return failures;
    }

    private List<String> failures(URI service, int calls) {
        var failures = new ConcurrentLinkedQueue<String>();
        for (int i = 0; i < calls; i++) {
            var answer = call(service);
            if (!answer.startsWith("order 7 charged by process ")) {
                failures.add(answer);
            }
        }
        return List.copyOf(failures);
    }

    private String call(URI service) {
        try {
            return http.send(HttpRequest.newBuilder(service).timeout(PATIENCE).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
