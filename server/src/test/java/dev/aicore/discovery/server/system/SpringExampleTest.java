package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Runs the services of {@code examples/spring} against the server, all as processes, under a constant load. Orders call
 * payments by name: while the registry is killed and away, and while all instances of payments are replaced one by one.
 * The long form, {@code ./registry test --rolling-restart}, has ten instances under 500 requests/s, and two minutes
 * without the registry.
 */
@Tag("clients")
@TestMethodOrder(OrderAnnotation.class)
class SpringExampleTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int INSTANCES = FaultTestSize.of(2, 10);
    private static final int CALLS_PER_SECOND = FaultTestSize.of(100, 500);
    private static final int OUTAGE_SECONDS = FaultTestSize.of(5, 120);

    @TempDir
    private static Path directory;

    private static int port;
    private static RunningRegistry registry;
    private static SpringServiceProcess orders;
    private static final Deque<SpringServiceProcess> PAYMENTS = new ArrayDeque<>();
    private static ConstantCallLoad load;

    @BeforeAll
    static void start() throws IOException {
        port = RunningRegistry.freePort();
        registry = RunningRegistry.start(directory, port, List.of());
        orders = start("orders.OrdersApplication", "orders");
        for (int i = 0; i < INSTANCES; i++) {
            startPayments("payments-" + i);
        }
        await().atMost(PATIENCE).until(() -> healthy("payments").size() == INSTANCES);
        await().atMost(PATIENCE).until(() -> healthy("orders").size() == 1);
        var address =
                "http://127.0.0.1:" + healthy("orders").getFirst().at("/port").asInt();
        load = ConstantCallLoad.start(URI.create(address + "/orders/7"), CALLS_PER_SECOND);
        PAYMENTS.forEach(SpringExampleTest::awaitCalled);
    }

    @AfterAll
    static void stop() {
        if (load != null) {
            load.close();
        }
        PAYMENTS.forEach(SpringServiceProcess::close);
        if (orders != null) {
            orders.close();
        }
        registry.close();
    }

    @Test
    @Order(1)
    @Timeout(600)
    void kill_ofTheRegistry_failsNoCall_andItsRestartNeedsNoRegistration() throws Exception {
        var before = registrationTimes();
        registry.kill();
        load.awaitAnswers((long) OUTAGE_SECONDS * CALLS_PER_SECOND);
        assertThat(load.failures()).as("failed requests without a registry").isEmpty();

        var restartedAt = Instant.now();
        registry = RunningRegistry.start(directory, port, List.of());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(healthy("payments"))
                        .hasSize(INSTANCES)
                        .allMatch(instance -> Instant.parse(
                                        instance.at("/last_heartbeat").asString())
                                .isAfter(restartedAt)));
        assertThat(registrationTimes()).isEqualTo(before);
        assertThat(load.failures()).as("failed requests during the restart").isEmpty();
    }

    @Test
    @Order(2)
    @Timeout(900)
    void rollingRestart_underLoad_failsNoCall() throws Exception {
        long before = load.answers();
        long begin = System.nanoTime();
        for (int i = 0; i < INSTANCES; i++) {
            awaitCalled(startPayments("payments-new-" + i));
            PAYMENTS.removeFirst().stop();
        }

        long requests = load.answers() - before;
        System.out.printf(
                "rolling restart of %d instances: %d requests, %.0f a second, failed: %d%n",
                INSTANCES,
                requests,
                requests / ((System.nanoTime() - begin) / 1e9),
                load.failures().size());
        assertThat(load.failures()).as("failed requests of the restart").isEmpty();
        assertThat(requests).isGreaterThan(CALLS_PER_SECOND);
        await().atMost(PATIENCE).until(() -> healthy("payments").size() == INSTANCES);
    }

    private static SpringServiceProcess startPayments(String log) throws IOException {
        PAYMENTS.add(start("payments.PaymentsApplication", log));
        return PAYMENTS.getLast();
    }

    private static SpringServiceProcess start(String main, String log) throws IOException {
        return SpringServiceProcess.start(main, registry.address(), directory.resolve(log + ".log"));
    }

    private static void awaitCalled(SpringServiceProcess instance) {
        load.awaitAnswer("order 7 charged by process " + instance.pid());
    }

    private static List<String> registrationTimes() throws IOException {
        return healthy("payments").stream()
                .map(instance -> instance.at("/registered_at").asString())
                .sorted()
                .toList();
    }

    private static List<JsonNode> healthy(String service) throws IOException {
        var instances =
                registry.get("/api/v1/services?service_name=" + service).body().at("/data/services");
        return StreamSupport.stream(instances.spliterator(), false)
                .filter(instance -> instance.at("/status").asString("").equals("healthy"))
                .toList();
    }
}
