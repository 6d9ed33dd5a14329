package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.server.system.OtlpReceiver.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sends writes to a node that doesn't own the event store, next to the one that owns it. */
@Tag("integration")
class RelayTest {

    private static final String TICKET = "X-Registry-Relay";

    /** Address of loopback that no process of this test has. */
    private static final String CALLER = "127.0.0.9";

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @TempDir
    static Path directory;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static OtlpReceiver receiver;
    private static RunningRegistry owner;
    private static RunningRegistry front;

    @BeforeAll
    static void start() throws IOException {
        receiver = new OtlpReceiver();
        owner = started("owner");
        // Only the front trusts what its callers say about their address, as if it had a proxy.
        front = started("front", "--service-discovery.server.trusted-proxies=127.0.0.1");
        assertThat(owner.get("/health?ready=writes").status()).isEqualTo(200);
        assertThat(front.get("/health?ready=writes").status()).isEqualTo(503);
        await().atMost(RunningRegistry.PATIENCE)
                .until(() -> front.post("/api/v1/services", RegistryStoryTest.body("first", "web", 3_600))
                                .status()
                        < 500);
    }

    @AfterAll
    static void stop() {
        front.close();
        owner.close();
        receiver.close();
        CLIENT.close();
    }

    @Test
    void front_everyKindOfWrite_isAnsweredLikeByOwner() throws Exception {
        var writes = new ArrayList<String>();
        for (var node : List.of(owner, front)) {
            var id = node == owner ? "of-owner" : "of-front";
            writes.add(statuses(
                    node.post("/api/v1/services", RegistryStoryTest.body(id, "web", 3_600)),
                    node.post("/api/v1/services/" + id + "/heartbeat", "{}"),
                    node.post("/api/v1/services/nobody/heartbeat", "{}"),
                    node.post("/api/v1/heartbeats", "{\"ids\":[\"" + id + "\"]}"),
                    node.post("/api/v1/heartbeats", "{\"broken\""),
                    node.post("/api/v1/services", "{}"),
                    node.post("/api/v1/services/" + id + "/outcomes", "{\"successes\":1}"),
                    node.put("/api/v1/configurations/" + id, "{\"content\":1}"),
                    node.delete("/api/v1/configurations/nobody"),
                    node.post("/api/v1/admin/api-keys", "{\"principal\":\"" + id + "\",\"role\":\"service\"}"),
                    node.delete("/api/v1/admin/api-keys/k3m9x2b7q1wz"),
                    node.delete("/api/v1/services/" + id),
                    node.delete("/api/v1/services/" + id)));
        }
        assertThat(writes.getLast()).isEqualTo(writes.getFirst());
        assertThat(writes.getFirst()).startsWith("201 200 404 200 400");
    }

    /** The heartbeats of other registries' clients are most of their writes. */
    @Test
    void front_writesOfOtherProtocols_areRelayed() throws Exception {
        var registration = """
                {"instance": {"instanceId": "e-1", "app": "SHOP", "hostName": "10.0.0.1", "ipAddr": "10.0.0.1",
                  "status": "UP", "port": {"$": 80, "@enabled": "true"},
                  "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
                    "name": "MyOwn"}}}
                """;
        assertThat(front.post("/eureka/apps/SHOP", registration).status()).isEqualTo(204);
        assertThat(front.put("/eureka/apps/SHOP/e-1", "").status()).isEqualTo(200);
        assertThat(front.put("/eureka/apps/SHOP/nobody", "").status()).isEqualTo(404);

        var service = "{\"ID\":\"c-1\",\"Name\":\"shop\",\"Check\":{\"CheckID\":\"c-1-ttl\",\"TTL\":\"60s\"}}";
        assertThat(front.put("/v1/agent/service/register", service).status()).isEqualTo(200);
        assertThat(front.put("/v1/agent/check/pass/c-1-ttl", "").status()).isEqualTo(200);
    }

    /** The owner records who called the front, not the front. */
    @Test
    void history_afterRelayedWrite_namesCaller() throws Exception {
        var id = "audited";
        var registered = send(
                front,
                "/api/v1/services",
                RegistryStoryTest.body(id, "web", 3_600),
                "X-Forwarded-For",
                CALLER,
                "X-Reason",
                "a-test",
                "X-Request-Id",
                "request-of-a-test");
        assertThat(registered.statusCode()).isEqualTo(201);
        assertThat(registered.headers().allValues("X-Request-Id")).containsExactly("request-of-a-test");
        assertThat(registered.headers().firstValue(TICKET)).isEmpty();
        var entries = new AtomicReference<JsonNode>();
        await().atMost(RunningRegistry.PATIENCE).until(() -> {
            entries.set(owner.get("/api/v1/services/" + id + "/history").body().at("/data/entries"));
            return !entries.get().isEmpty();
        });
        assertThat(entries.get().toString())
                .contains("InstanceRegistered", CALLER, "a-test", "request-of-a-test", "\"rest\"");
    }

    /** The spans of both nodes are one trace, in which the owner's part belongs to the front's attempt. */
    @Test
    void relayedWrite_isOneTraceOverBothNodes() throws Exception {
        var trace = "0af7651916cd43dd8448eb211c80319c";
        var caller = "b7ad6b7169203331";
        var registered = send(
                front,
                "/api/v1/services",
                RegistryStoryTest.body("traced", "web", 3_600),
                "traceparent",
                "00-" + trace + "-" + caller + "-01");
        assertThat(registered.statusCode()).isEqualTo(201);
        var request = awaitSpan(trace, "POST /api/v1/services", caller);
        var attempt = awaitSpan(trace, "relay", request.spanId());
        var done = awaitSpan(trace, "POST /api/v1/services", attempt.spanId());
        awaitSpan(trace, "command RegisterInstance", done.spanId());
    }

    private static Received awaitSpan(String trace, String name, String parent) {
        var found = new AtomicReference<Received>();
        await().atMost(RunningRegistry.PATIENCE).until(() -> {
            receiver.of(trace).stream()
                    .filter(span -> span.name().equals(name) && span.parentId().equals(parent))
                    .forEach(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    /** Callers without credentials are admitted on loopback only, which is where the front is, but not its caller. */
    @Test
    void relayedWrite_ofRemoteCallerWithoutCredentials_isDenied() throws Exception {
        var denied = send(
                front,
                "/api/v1/services",
                RegistryStoryTest.body("remote", "web", 60),
                "X-Forwarded-For",
                "203.0.113.7");
        assertThat(denied.statusCode()).isEqualTo(401);
    }

    @Test
    void forgedTicket_isRefusedByEveryNode() throws Exception {
        for (var node : List.of(owner, front)) {
            for (var ticket : List.of("7f000001/1 - " + "A".repeat(43), "nothing-done", "x")) {
                var forged =
                        send(node, "/api/v1/services", RegistryStoryTest.body("forged", "web", 60), TICKET, ticket);
                assertThat(forged.statusCode()).isEqualTo(403);
                assertThat(forged.body()).contains("\"code\":\"forbidden\"");
            }
        }
        assertThat(postgres.number("SELECT count(*) FROM store.facts WHERE instance_id = 'forged'"))
                .isZero();
    }

    /** A ticket that is valid for this node, which doesn't own the store: it isn't sent on, but refused. */
    @Test
    void relayedRequest_toFront_isStandby() throws Exception {
        var secret = postgres.texts("SELECT proof FROM store.nodes WHERE address = '" + front.address() + "'")
                .getFirst();
        var refused = send(
                front,
                "/api/v1/services",
                RegistryStoryTest.body("second-hop", "web", 60),
                TICKET,
                ticket(secret, "POST", "/api/v1/services"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.headers().firstValue(TICKET)).hasValue("nothing-done");
        assertThat(refused.body()).contains("\"code\":\"standby\"");
        assertThat(postgres.number("SELECT count(*) FROM store.facts WHERE instance_id = 'second-hop'"))
                .isZero();
    }

    private static String ticket(String secret, String method, String path) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signed = String.join("\n", method, path, "7f000001/1", "-");
        return "7f000001/1 - "
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String statuses(RunningRegistry.Reply... replies) {
        var statuses = new ArrayList<String>();
        for (var reply : replies) {
            statuses.add(Integer.toString(reply.status()));
        }
        return String.join(" ", statuses);
    }

    private static HttpResponse<String> send(RunningRegistry node, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(node.address() + path))
                        .header("Content-Type", "application/json")
                        .headers(headers)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static RunningRegistry started(String name, String... more) throws IOException {
        var options = new ArrayList<>(List.of(
                "--service-discovery.database.postgres.url=postgresql://%s:%s@localhost:%d/%s"
                        .formatted(postgres.user(), postgres.password(), postgres.port(), postgres.database()),
                "--service-discovery.cluster.hold-timeout=20s",
                "--service-discovery.monitoring.tracing.enabled=true",
                "--service-discovery.monitoring.tracing.sampling=0",
                "--service-discovery.monitoring.tracing.jaeger-endpoint=" + receiver.endpoint()));
        options.addAll(List.of(more));
        return RunningRegistry.start(Files.createDirectories(directory.resolve(name)), options);
    }
}
