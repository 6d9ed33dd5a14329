package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.server.access.AuthenticatedServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Changes levels of loggers over HTTP, and reads the log that results. */
@Tag("integration")
class LogLevelsTest {

    private static final String PATH = "/api/v1/admin/log-levels";
    private static final String QUERIES = PATH + "/dev.aicore.discovery.query";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @Test
    void changedLevel_changesLog_isAuditedAndEnds() throws IOException {
        try (var server = start()) {
            var service = "{\"id\":\"shop-1\",\"name\":\"shop\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":3600}";
            assertThat(asAdmin(server, "POST", "/api/v1/services", service).status())
                    .isEqualTo(201);
            await().atMost(PATIENCE).until(() -> discover(server) == 200);
            assertThat(log()).doesNotContain("log_event=pick");

            var changed = asAdmin(server, "PUT", QUERIES, "{\"level\":\"debug\",\"reason\":\"slow reads\"}");
            assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
            assertThat(changed.body().at("/data/effective_level").asString()).isEqualTo("debug");
            assertThat(listed(server).at("/change/reason").asString()).isEqualTo("slow reads");
            await().atMost(PATIENCE).until(() -> discover(server) == 200 && log().contains("log_event=pick"));

            asAdmin(server, "PUT", QUERIES, "{\"level\":\"trace\",\"duration_seconds\":1}");
            await().atMost(PATIENCE).until(() -> listed(server).isMissingNode());

            asAdmin(server, "PUT", QUERIES, "{\"level\":\"off\"}");
            var reset = asAdmin(server, "DELETE", QUERIES, "{\"reason\":\"done\"}");
            assertThat(reset.status()).isEqualTo(200);
            assertThat(reset.body().at("/data/effective_level").asString()).isEqualTo("info");
            assertThat(reset.body().at("/data/change").isObject()).isFalse();

            assertRefusals(server);
            asAdmin(server, "PUT", QUERIES, "{\"level\":\"error\"}");
        }

        try (var restarted = start()) {
            assertThat(listed(restarted).isMissingNode()).isTrue();
            assertThat(lines())
                    .hasSize(6)
                    .allSatisfy(line -> assertThat(line).contains("WARN", "dev.aicore.discovery.query"));
            assertThat(lines().get(0)).contains("from info to debug by root (admin)", "reason: slow reads");
            assertThat(lines().get(0)).containsOnlyOnce("request_id=");
            assertThat(lines().get(1)).contains("from debug to trace by root (admin)");
            assertThat(lines().get(2)).contains("from trace to info after the time of the change");
            assertThat(lines().get(4)).contains("from off to info by root (admin)", "reason: done");
        }
    }

    private static void assertRefusals(AuthenticatedServer server) throws IOException {
        for (var role : List.of("viewer", "service", "operator")) {
            var token = AuthenticatedServer.token("eve", role);
            assertThat(server.send("GET", PATH, token, null).status()).isEqualTo(403);
            assertThat(server.send("PUT", QUERIES, token, "{\"level\":\"off\"}").status())
                    .isEqualTo(403);
            assertThat(server.send("DELETE", QUERIES, token, null).status()).isEqualTo(403);
        }
        assertThat(server.send("PUT", QUERIES, null, "{\"level\":\"off\"}").status())
                .isEqualTo(401);
        assertRefused(asAdmin(server, "PUT", QUERIES, "{\"level\":\"loud\"}"), 400, "level", "loud");
        assertRefused(
                asAdmin(server, "PUT", QUERIES, "{\"level\":\"info\",\"duration_seconds\":86401}"),
                400,
                "duration_seconds",
                "86401");
        assertRefused(asAdmin(server, "PUT", PATH + "/a..b", "{\"level\":\"info\"}"), 400, "logger", "a..b");
        assertRefused(asAdmin(server, "DELETE", PATH + "/a-b", null), 400, "logger", "a-b");
        assertRefused(asAdmin(server, "PUT", PATH + "/no.such", "{\"level\":\"info\"}"), 404, "logger", "no.such");
        assertRefused(
                asAdmin(server, "PUT", PATH + "/dev.aicore.discovery.audit", "{\"level\":\"off\"}"),
                409,
                "logger",
                "dev.aicore.discovery.audit");
    }

    private static void assertRefused(Reply reply, int status, String field, String rejected) {
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(status);
        var error = reply.body().at("/errors/0");
        assertThat(error.at("/field").asString()).isEqualTo(field);
        assertThat(error.at("/rejected_value").asString()).isEqualTo(rejected);
        assertThat(error.at("/expected").asString()).isNotEmpty();
    }

    private AuthenticatedServer start() {
        return AuthenticatedServer.start(
                directory.resolve("data"),
                "--service-discovery.monitoring.logging.file=" + directory.resolve("own.log"));
    }

    /** Returns the entry of the changed logger; a missing node if it has no level of its own. */
    private static JsonNode listed(AuthenticatedServer server) throws IOException {
        return asAdmin(server, "GET", PATH, null)
                .body()
                .at("/data/loggers")
                .valueStream()
                .filter(entry -> QUERIES.endsWith("/" + entry.path("logger").asString()))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private static int discover(AuthenticatedServer server) throws IOException {
        return asAdmin(server, "GET", "/api/v1/discover?service_name=shop", null)
                .status();
    }

    private static Reply asAdmin(AuthenticatedServer server, String method, String path, @Nullable String json)
            throws IOException {
        return server.send(method, path, AuthenticatedServer.token("root", "admin"), json);
    }

    private List<String> lines() {
        return log().lines()
                .filter(line -> line.contains("log_level_changed: "))
                .toList();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("own.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
