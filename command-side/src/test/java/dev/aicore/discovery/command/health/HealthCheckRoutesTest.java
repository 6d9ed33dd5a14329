package dev.aicore.discovery.command.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.command.testing.CommandServer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Mono;

class HealthCheckRoutesTest {

    private static final String STATS = "/api/v1/health-monitor/stats";

    private static CommandServer server;
    private static WebTestClient client;
    private static StubProber prober;

    @BeforeAll
    static void start() {
        server = CommandServer.start(List.of(StubProber.InPlace.class));
        client = server.client();
        prober = server.bean(StubProber.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void passes() {
        prober.passes();
    }

    @Test
    void onDemandCheck_returnsResult() {
        register("now-1", "http");

        ok(check("now-1"))
                .jsonPath("$.data.id")
                .isEqualTo("now-1")
                .jsonPath("$.data.service_id")
                .isEqualTo("now-1")
                .jsonPath("$.data.check_type")
                .isEqualTo("http")
                .jsonPath("$.data.passed")
                .isEqualTo(true)
                .jsonPath("$.data.reason")
                .doesNotExist()
                .jsonPath("$.data.latency_ms")
                .isEqualTo(12.345678)
                .jsonPath("$.data.health")
                .isEqualTo("healthy")
                .jsonPath("$.data.status")
                .isEqualTo("healthy")
                .jsonPath("$.data.recorded")
                .isEqualTo(true)
                .jsonPath("$.meta.position")
                .value(Integer.class, position -> assertThat(position).isPositive());
    }

    @Test
    void health_changesExactlyAtThresholds() {
        register("turns-1", "http");

        prober.fails(CheckFailureCode.STATUS, "503");
        assertHealth("turns-1", "healthy");
        assertHealth("turns-1", "healthy");
        assertHealth("turns-1", "unhealthy");
        prober.passes();
        assertHealth("turns-1", "unhealthy");
        assertHealth("turns-1", "healthy");
    }

    @ParameterizedTest
    @CsvSource({
        "STATUS, 503, status 503",
        "DENIED, link_local, denied link local",
        "BODY_TOO_LARGE, 200, body too large 200",
        "REFUSED, '', refused"
    })
    void onDemandCheck_afterFailure_returnsReasonInWords(CheckFailureCode failure, String detail, String words) {
        register("words-" + failure.jsonName(), "http");
        prober.fails(failure, detail);

        ok(check("words-" + failure.jsonName()))
                .jsonPath("$.data.passed")
                .isEqualTo(false)
                .jsonPath("$.data.reason")
                .isEqualTo(words);
    }

    @Test
    void overloadedProbe_isNotRecorded() {
        register("ours-1", "script");
        prober.fails(CheckFailureCode.OVERLOADED, "scripts");
        for (int i = 0; i < 3; i++) {
            ok(check("ours-1"))
                    .jsonPath("$.data.passed")
                    .isEqualTo(false)
                    .jsonPath("$.data.recorded")
                    .isEqualTo(false)
                    .jsonPath("$.data.health")
                    .isEqualTo("healthy");
        }
    }

    @Test
    void onDemandCheck_withProberError_returns500() {
        register("broken-1", "http");
        prober.does(probe -> Mono.error(new IllegalStateException("broken")));

        check("broken-1").expectStatus().isEqualTo(500);

        prober.passes();
        ok(check("broken-1"));
    }

    @Test
    void checkRoutes_withoutActiveCheck_return409() {
        register("ttl-1", "ttl");
        register("none-1", null);
        for (var id : List.of("ttl-1", "none-1")) {
            problem(check(id), 409, "no_active_check");
            problem(monitoring(HttpMethod.POST, id), 409, "no_active_check");
            problem(monitoring(HttpMethod.DELETE, id), 409, "no_active_check");
        }
    }

    @Test
    void checkRoutes_ofMissingInstance_return404Or410() {
        register("gone-1", "http");
        send(HttpMethod.DELETE, "/api/v1/services/gone-1", null, null);
        problem(check("nobody"), 404, "unknown_instance");
        problem(check("gone-1"), 410, "instance_deregistered");
        problem(monitoring(HttpMethod.POST, "nobody"), 404, "unknown_instance");
        problem(monitoring(HttpMethod.DELETE, "gone-1"), 410, "instance_deregistered");
    }

    @Test
    void checkRoutes_forServiceRole_return403() {
        register("owned-1", "http");
        problem(send(HttpMethod.POST, "/api/v1/services/owned-1/health", null, "bob"), 403, "forbidden");
        problem(send(HttpMethod.DELETE, "/api/v1/services/owned-1/monitoring", null, "bob"), 403, "forbidden");
    }

    @Test
    void monitoring_isStoppedAndStarted() {
        int others = monitored();
        register("switch-1", "http");
        assertMonitored(others + 1);

        ok(monitoring(HttpMethod.DELETE, "switch-1"))
                .jsonPath("$.data.id")
                .isEqualTo("switch-1")
                .jsonPath("$.data.monitored")
                .isEqualTo(false)
                .jsonPath("$.data.checks_enabled")
                .isEqualTo(true)
                .jsonPath("$.data.at")
                .exists()
                .jsonPath("$.meta.position")
                .exists();
        assertMonitored(others);
        ok(check("switch-1")).jsonPath("$.data.recorded").isEqualTo(true);
        assertMonitored(others);

        ok(monitoring(HttpMethod.POST, "switch-1")).jsonPath("$.data.monitored").isEqualTo(true);
        assertMonitored(others + 1);
        send(HttpMethod.DELETE, "/api/v1/services/switch-1", null, null);
        assertMonitored(others);
    }

    @ParameterizedTest
    @ValueSource(strings = {"health", "monitoring"})
    void unknownFieldOrParameter_returns400(String route) {
        register("strict-1", "http");
        problem(send(HttpMethod.POST, "/api/v1/services/strict-1/" + route, "{\"x\": 1}", null), 400, "unknown_field");
        problem(
                send(HttpMethod.POST, "/api/v1/services/strict-1/" + route + "?x=1", null, null),
                400,
                "unknown_parameter");
        problem(send(HttpMethod.GET, STATS + "?x=1", null, null), 400, "unknown_parameter");
    }

    @Test
    void statistics_countChecksByType() {
        register("stats-1", "grpc");
        prober.fails(CheckFailureCode.NOT_SERVING, "NOT_SERVING");
        ok(check("stats-1"));

        ok(send(HttpMethod.GET, STATS, null, null))
                .jsonPath("$.data.enabled")
                .isEqualTo(true)
                .jsonPath("$.data.most_at_once")
                .isEqualTo(1_000)
                .jsonPath("$.data.in_flight")
                .isEqualTo(0)
                .jsonPath("$.data.waiting")
                .isEqualTo(0)
                .jsonPath("$.data.instances.failing")
                .value(Integer.class, failing -> assertThat(failing).isPositive())
                .jsonPath("$.data.checks_per_second")
                .isNumber()
                .jsonPath("$.data.lag_ms.p99")
                .isNumber()
                .jsonPath("$.data.by_type[?(@.type=='grpc')].failed")
                .isEqualTo(1)
                .jsonPath("$.data.by_type[?(@.type=='grpc')].reasons.not_serving")
                .isEqualTo(1)
                .jsonPath("$.data.by_type[?(@.type=='grpc')].latency_ms.max")
                .isEqualTo(12.345)
                .jsonPath("$.data.dropped.store")
                .isEqualTo(0);
    }

    private static void assertHealth(String id, String health) {
        ok(check(id)).jsonPath("$.data.health").isEqualTo(health);
    }

    private static void assertMonitored(int instances) {
        await().untilAsserted(() -> assertThat(monitored()).isEqualTo(instances));
    }

    private static int monitored() {
        return server.bean(CheckScheduler.class).countStates().watched();
    }

    /** Registers an instance with an interval of an hour, so that only on-demand checks happen during a test. */
    private static void register(String id, @Nullable String type) {
        var check = type == null
                ? ""
                : """
                , "health_check": {"check_type": "%s", "interval": 3600, "failure_threshold": 3, "success_threshold": 2%s}""".formatted(type, type.equals("script") ? ", \"config\": {\"script\": \"x\"}" : "");
        send(
                        HttpMethod.POST,
                        "/api/v1/services",
                        "{\"id\": \"%s\", \"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 80%s}"
                                .formatted(id, check),
                        null)
                .expectStatus()
                .is2xxSuccessful();
    }

    private static ResponseSpec check(String id) {
        return send(HttpMethod.POST, "/api/v1/services/" + id + "/health", null, null);
    }

    private static ResponseSpec monitoring(HttpMethod method, String id) {
        return send(method, "/api/v1/services/" + id + "/monitoring", null, null);
    }

    private static ResponseSpec send(
            HttpMethod method, String path, @Nullable String body, @Nullable String principal) {
        var request = client.method(method).uri(path);
        if (principal != null) {
            request.header(CommandServer.PRINCIPAL, principal);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
        }
        return request.exchange();
    }

    private static BodyContentSpec ok(ResponseSpec response) {
        return response.expectStatus().isOk().expectBody();
    }

    private static BodyContentSpec problem(ResponseSpec response, int status, String code) {
        return response.expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }
}
