package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks real targets with each type of check, from the probe to the history. */
@Tag("integration")
class HealthChecksTest {

    @TempDir
    static Path directory;

    private static RunningRegistry registry;
    private static TargetProgram target;
    private static Path well;

    @BeforeAll
    static void start() throws IOException {
        well = directory.resolve("well");
        var scripts = Files.createDirectory(
                directory.resolve("scripts"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        var script = Files.writeString(scripts.resolve("look"), "#!/bin/sh\ntest -e '" + well + "' || exit 7\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        target = TargetProgram.start();
        registry = RunningRegistry.start(
                directory, List.of("--service-discovery.registry.health-checks.scripts-directory=" + scripts));
    }

    @AfterAll
    static void stop() {
        registry.close();
        target.close();
    }

    @Test
    void httpCheck_changesHealthAtThresholds() throws IOException {
        register("http", target.port(), "{\"path\": \"/health\"}");
        assertHealthTransitions("http", () -> target.become("failing"), "status 500", () -> target.become("healthy"));
    }

    @Test
    void tcpCheck_changesHealthAtThresholds() throws IOException {
        register("tcp", target.port(), "{}");
        assertHealthTransitions("tcp", () -> target.become("closed"), "refused", () -> target.become("healthy"));
    }

    @Test
    void grpcCheck_changesHealthAtThresholds() throws IOException {
        var health = new HealthStatusManager();
        health.setStatus("", ServingStatus.SERVING);
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(health.getHealthService())
                .build()
                .start();
        try {
            register("grpc", server.getPort(), "{}");
            assertHealthTransitions(
                    "grpc",
                    () -> health.setStatus("", ServingStatus.NOT_SERVING),
                    "not serving",
                    () -> health.setStatus("", ServingStatus.SERVING));
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void scriptCheck_changesHealthAtThresholds() throws IOException {
        Files.createFile(well);
        register("script", 1, "{\"script\": \"look\"}");
        assertHealthTransitions("script", () -> Files.delete(well), "script failed 7", () -> Files.createFile(well));
    }

    @Test
    void checkOfOwnEndpoint_isDenied() throws IOException {
        for (int port : List.of(
                URI.create(registry.address()).getPort(), registry.store().port())) {
            register("own-" + port, "tcp", port, "{}", 3_600);
            var look = registry.post("/api/v1/services/own-" + port + "/health", "{}")
                    .body()
                    .at("/data");
            assertThat(look.at("/reason").asString()).isEqualTo("denied own endpoint");
            assertThat(look.at("/passed").asBoolean()).isFalse();
        }
    }

    @Test
    void stoppedMonitoring_survivesRestartUntilResumed() throws IOException {
        register("stopped", "tcp", target.port(), "{}", 1);
        register("going", "tcp", target.port(), "{}", 1);
        long position = registry.delete("/api/v1/services/stopped/monitoring").position();
        assertThat(position).isPositive();
        int watched = monitored();
        registry.close();

        registry = RunningRegistry.start(
                directory,
                List.of("--service-discovery.registry.health-checks.scripts-directory="
                        + directory.resolve("scripts")));

        awaiting().untilAsserted(() -> assertThat(monitored()).isEqualTo(watched));
        registry.post("/api/v1/services/stopped/monitoring", "{\"reason\": \"mended\"}");
        awaiting().untilAsserted(() -> assertThat(monitored()).isEqualTo(watched + 1));
        registry.delete("/api/v1/services/stopped");
        registry.delete("/api/v1/services/going");
    }

    /** Waits long enough for a busy machine. */
    private static ConditionFactory awaiting() {
        return await().atMost(RunningRegistry.PATIENCE);
    }

    private interface Change {
        void make() throws IOException;
    }

    /**
     * Verifies that an instance turns unhealthy at exactly the third failed result and healthy at exactly the second
     * passed one.
     */
    private static void assertHealthTransitions(String id, Change fail, String reason, Change mend) throws IOException {
        awaiting().until(() -> passed(id));
        assertThat(healthTransitions(id)).isEmpty();
        fail.make();
        awaiting().until(() -> healthTransitions(id).size() == 1);
        assertThat(healthTransitions(id).getFirst())
                .contains("turned unhealthy after 3 results in a row", "Its check failed: " + reason + ".");
        awaiting().until(() -> healthy(id) == 0);
        mend.make();
        awaiting().until(() -> healthTransitions(id).size() == 2);
        assertThat(healthTransitions(id).getLast())
                .contains("turned healthy after 2 results in a row", "Its check passed.");
        awaiting().until(() -> healthy(id) == 1);
        registry.delete("/api/v1/services/" + id);
    }

    private static boolean passed(String id) throws IOException {
        return registry.post("/api/v1/services/" + id + "/health", "{}")
                .body()
                .at("/data/passed")
                .asBoolean();
    }

    private static List<String> healthTransitions(String id) throws IOException {
        return registry.get("/api/v1/services/" + id + "/history")
                .body()
                .at("/data/entries")
                .valueStream()
                .filter(entry -> entry.at("/type").asString().equals("HealthChanged"))
                .map(entry -> entry.at("/summary").asString())
                .toList();
    }

    /** Returns the number of healthy instances, without those that adaptive panic returns. */
    private static int healthy(String id) throws IOException {
        return registry.get("/api/v1/discover?service_name=of-" + id)
                .body()
                .at("/data/healthy")
                .asInt();
    }

    private static int monitored() throws IOException {
        return registry.get("/api/v1/health-monitor/stats")
                .body()
                .at("/data/instances/monitored")
                .asInt();
    }

    private static void register(String type, int port, String config) throws IOException {
        register(type, type, port, config, 1);
    }

    private static void register(String id, String type, int port, String config, int interval) throws IOException {
        var reply = registry.post("/api/v1/services", """
                {"id": "%s", "name": "of-%s", "address": "127.0.0.1", "port": %d, "ttl": 0,
                 "health_check": {"check_type": "%s", "interval": %d, "timeout": 5, "failure_threshold": 3,
                                  "success_threshold": 2, "config": %s}}""".formatted(id, id, port, type, interval, config));
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(201);
    }
}
