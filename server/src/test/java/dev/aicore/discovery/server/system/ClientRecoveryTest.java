package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * Runs unchanged clients that register and send heartbeats, through a restart of the registry, through the loss of all
 * its data, and to their ends: Spring Cloud's Eureka client, eureka-js-client and npm's {@code consul}. Needs the
 * builds of {@code examples}.
 */
@Tag("clients")
@TestMethodOrder(OrderAnnotation.class)
class ClientRecoveryTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SERVICES = "/api/v1/services/";
    private static final String DESK = SERVICES + "node-desk:desk-1";
    private static final String CLOCK = SERVICES + "clock-1@localhost";

    @TempDir
    static Path directory;

    private static int port;
    private static RunningRegistry registry;
    private static ExampleProcess spring;
    private static ExampleProcess desk;
    private static ExampleProcess clock;
    private static String shop;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        port = RunningRegistry.freePort();
        registry = RunningRegistry.start(directory, port, List.of());
        desk = ExampleProcess.node("eureka-node/desk.js", registry.address());
        clock = ExampleProcess.node("consul-node/heartbeats.js", registry.address());
        spring = ExampleProcess.spring(registry.address());
        shop = SERVICES + "shop-front:" + spring.instanceId();
    }

    @AfterAll
    static void stop() {
        Stream.of(desk, clock, spring).filter(Objects::nonNull).forEach(ExampleProcess::close);
        registry.close();
    }

    @Test
    @Order(1)
    void clients_areFoundNativelyAndByEachOther() throws Exception {
        awaitStatus(shop, "healthy");
        awaitStatus(DESK, "healthy");
        awaitStatus(CLOCK, "healthy");
        assertThat(view(shop).at("/name").asString()).isEqualTo("Shop-Front");
        var shopAddress = view(shop).at("/address").asString() + ":"
                + view(shop).at("/port").asInt();

        awaitTrue(() -> spring.send("instances node-desk").equals("instances desk-1=http://10.0.0.7:8080"));
        awaitTrue(() -> spring.send("instances node-clock").equals("instances clock-1@localhost=http://10.0.0.8:8080"));
        awaitTrue(() -> desk.send("instances shop-front").equals("instances " + shopAddress));
        awaitTrue(() -> desk.send("instances node-clock").equals("instances 10.0.0.8:8080"));
        assertThat(clock.send("instances Shop-Front")).isEqualTo("instances " + shopAddress);
        assertThat(clock.send("instances node-desk")).isEqualTo("instances 10.0.0.7:8080");
    }

    @Test
    @Order(2)
    void eurekaClients_followNativeInstanceAndOverride() throws Exception {
        registry.post(
                "/api/v1/services",
                "{\"id\":\"p1\",\"name\":\"Payments\",\"address\":\"10.0.0.1\",\"port\":8081,\"ttl\":600}");
        awaitTrue(() -> spring.send("instances payments").equals("instances p1=http://10.0.0.1:8081"));
        awaitTrue(() -> desk.send("instances payments").equals("instances 10.0.0.1:8081"));
        registry.delete(SERVICES + "p1");
        awaitTrue(() -> spring.send("instances payments").equals("instances "));
        awaitTrue(() -> desk.send("instances payments").equals("instances"));

        assertThat(spring.send("status OUT_OF_SERVICE")).contains("OUT_OF_SERVICE");
        awaitStatus(shop, "maintenance");
        awaitTrue(() -> desk.send("instances shop-front").equals("instances"));
        spring.send("status CANCEL_OVERRIDE");
        awaitStatus(shop, "healthy");

        registry.put(DESK, "{\"status\": \"maintenance\"}");
        awaitTrue(() -> spring.send("instances node-desk").equals("instances "));
        registry.put(DESK, "{\"status\": \"active\"}");
        awaitTrue(() -> spring.send("instances node-desk").contains("desk-1="));
    }

    @Test
    @Order(3)
    void restart_needsNoNewRegistration() throws Exception {
        var before = registrationTimes();

        registry.close();
        registry = RunningRegistry.start(directory, port, List.of());

        awaitTrue(() -> requests("renew", "answered") >= 6 && requests("pass", "answered") >= 3);
        assertThat(requests("register", "answered")).isZero();
        assertThat(requests("renew", "refused") + requests("pass", "refused")).isZero();
        assertThat(registrationTimes()).isEqualTo(before);
        assertThat(desk.send("registrations")).isEqualTo("registrations 1");
        assertThat(clock.send("registrations")).isEqualTo("registrations 1");
    }

    @Test
    @Order(4)
    void killWithLossOfAllData_bringsEveryClientBack() throws Exception {
        registry.kill();
        registry.store().stopImmediately();
        awaitTrue(() -> registry.store().postmaster().isEmpty());
        FileSystemUtils.deleteRecursively(directory.resolve("data"));
        registry = RunningRegistry.start(directory, port, List.of());

        awaitStatus(shop, "healthy");
        awaitStatus(DESK, "healthy");
        awaitStatus(CLOCK, "healthy");
        assertThat(requests("register", "answered")).isGreaterThanOrEqualTo(3);
        // Perhaps more than twice: a slow registration is on its way when the next heartbeat is refused.
        assertThat(desk.send("registrations")).isNotEqualTo("registrations 1");
        assertThat(clock.send("registrations")).isEqualTo("registrations 2");
        awaitTrue(() -> spring.send("instances node-desk").contains("desk-1="));
        awaitTrue(() -> desk.send("instances node-clock").equals("instances 10.0.0.8:8080"));
    }

    @Test
    @Order(5)
    void orderlyEnd_deregisters_andKillExpires() throws Exception {
        spring.quit();
        desk.quit();
        awaitTrue(() -> registry.get(shop).status() == 404);
        awaitTrue(() -> registry.get(DESK).status() == 404);
        desk = ExampleProcess.node("eureka-node/desk.js", registry.address());
        awaitStatus(DESK, "healthy");

        desk.close();
        clock.close();

        awaitStatus(DESK, "expired");
        awaitStatus(CLOCK, "expired");
        try (var http = new ConsulClient(registry.address())) {
            for (var application : List.of("SHOP-FRONT", "NODE-DESK", "NODE-CLOCK")) {
                assertThat(http.get("/eureka/apps/" + application).status()).isEqualTo(404);
            }
            assertThat(http.statuses("Shop-Front")).isEmpty();
            assertThat(http.statuses("node-desk")).containsExactly("critical");
            assertThat(http.statuses("node-clock")).containsExactly("critical");
        }
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(condition);
    }

    private static void awaitStatus(String path, String status) {
        awaitTrue(() -> view(path).at("/status").asString("").equals(status));
    }

    private static List<String> registrationTimes() throws IOException {
        return List.of(
                view(shop).at("/registered_at").asString(),
                view(DESK).at("/registered_at").asString(),
                view(CLOCK).at("/registered_at").asString());
    }

    private static JsonNode view(String path) throws IOException {
        return registry.get(path).body().at("/data");
    }

    /** Returns the number of requests of all dialects since the start of the registry. */
    private static double requests(String operation, String outcome) throws IOException {
        try (var http = new ConsulClient(registry.address())) {
            return http.get("/metrics")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("service_discovery_dialect_requests_total{")
                            && line.contains("operation=\"" + operation + "\"")
                            && line.contains("outcome=\"" + outcome + "\""))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }
}
