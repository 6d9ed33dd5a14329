package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class RegistryStoryTest {

    @TempDir
    static Path directory;

    private static RunningRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(directory);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    @Test
    void instanceLifecycle_isServedAndRecordedInHistory() throws IOException {
        var registered = registry.post("/api/v1/services", body("life", "orders", 30));
        assertThat(registered.status()).isEqualTo(201);
        long position = registered.body().at("/meta/position").asLong();
        assertThat(registry.get("/api/v1/services/life?min_position=" + position)
                        .status())
                .isEqualTo(200);
        assertThat(registry.get("/api/v1/discover?service_name=orders")
                        .body()
                        .at("/data/services/0/id")
                        .asString())
                .isEqualTo("life");
        assertThat(registry.post("/api/v1/services/life/heartbeat", "{\"status\":\"healthy\"}")
                        .status())
                .isEqualTo(200);
        var gone = registry.delete("/api/v1/services/life");
        assertThat(gone.status()).isEqualTo(200);
        assertThat(registry.delete("/api/v1/services/life").status()).isEqualTo(404);
        assertThat(registry.post("/api/v1/services/life/heartbeat", "{}").status())
                .isEqualTo(410);
        var after = gone.body().at("/meta/position").asLong();
        assertThat(types("/api/v1/services/life/history?min_position=" + after))
                .containsExactly("InstanceRegistered", "InstanceDeregistered");
    }

    @Test
    void response_hasStoreIncarnationHeader() throws IOException {
        var store = registry.get("/api/v1/status")
                .body()
                .at("/data/store/incarnation")
                .asString();
        assertThat(store).isNotEmpty();
        for (var reply : List.of(
                registry.post("/api/v1/services", body("named", "named", 30)),
                registry.get("/api/v1/services?limit=1"),
                registry.get("/api/v1/discover?service_name=named"),
                registry.post("/api/v1/services/named/heartbeat", "{}"),
                registry.get("/api/v1/events?follow=false"),
                registry.get("/api/v1/services?at=999999999"))) {
            assertThat(reply.headers().firstValue("X-Registry-Store")).hasValue(store);
        }
    }

    @Test
    void silentInstance_expiresWithCauseAndIsRevivedByHeartbeat() throws IOException {
        registry.post("/api/v1/services", body("silent", "batch", 5));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> types("/api/v1/services/silent/history").contains("LeaseExpired"));
        var entries = registry.get("/api/v1/services/silent/history").body().at("/data/entries");
        var expired = entries.get(1).at("/position").asLong();
        assertThat(registry.get("/api/v1/discover?service_name=batch&min_position=" + expired)
                        .body()
                        .at("/data/services"))
                .isEmpty();
        assertThat(entries.get(1).at("/cause").asString()).isNotEmpty();
        var revived = registry.post("/api/v1/services/silent/heartbeat", "{}");
        assertThat(revived.status()).isEqualTo(200);
        assertThat(revived.body().at("/data/revived").asBoolean()).isTrue();
    }

    @Test
    void maintenance_hidesInstanceAndIsRecordedInHistory() throws IOException {
        registry.post("/api/v1/services", body("kept", "billing", 30));
        var maintained = registry.put(
                "/api/v1/services/kept", "{\"status\":\"maintenance\",\"weight\":50,\"reason\":\"new disk\"}");
        assertThat(maintained.status()).isEqualTo(200);
        assertThat(maintained.body().at("/data/status").asString()).isEqualTo("maintenance");
        var seen = "min_position=" + maintained.body().at("/meta/position").asLong();

        assertThat(registry.get("/api/v1/discover?service_name=billing&" + seen)
                        .body()
                        .at("/data/services"))
                .isEmpty();
        var listed = registry.get("/api/v1/services?service_name=billing&" + seen);
        assertThat(listed.body().at("/data/services/0/status").asString()).isEqualTo("maintenance");
        assertThat(listed.body().at("/data/services/0/weight").asInt()).isEqualTo(50);
        var told = registry.get("/api/v1/services/kept/history?" + seen).body().at("/data/entries/1");
        assertThat(told.at("/type").asString()).isEqualTo("InstanceUpdated");
        assertThat(told.at("/summary").asString())
                .isEqualTo("billing at 10.0.0.1:80 was put into maintenance by anonymous: weight 50");
        assertThat(told.at("/actor").asString()).isEqualTo("anonymous");
        assertThat(told.at("/reason").asString()).isEqualTo("new disk");
        assertThat(told.at("/before/status").asString()).isEqualTo("healthy");
        assertThat(told.at("/after/status").asString()).isEqualTo("maintenance");

        // A repeated registration, as by a restarted service, doesn't end maintenance.
        assertThat(registry.post("/api/v1/services", body("kept", "billing", 30))
                        .body()
                        .at("/data/status")
                        .asString())
                .isEqualTo("maintenance");
        var active = registry.put("/api/v1/services/kept", "{\"status\":\"active\"}");
        assertThat(registry.get("/api/v1/discover?service_name=billing&min_position="
                                + active.body().at("/meta/position").asLong())
                        .body()
                        .at("/data/services/0/id")
                        .asString())
                .isEqualTo("kept");
    }

    @Test
    void deleteRequest_withReasonInBody_isAudited() throws IOException {
        var why = "{\"reason\":\"the disk is old\"}";
        registry.post(
                "/api/v1/services",
                "{\"id\":\"why\",\"name\":\"why\",\"address\":\"127.0.0.1\",\"port\":1,\"health_check\":{\"check_type\":\"tcp\"}}");
        assertThat(registry.deleteWith("/api/v1/services/why", "{\"because\":\"typo\"}")
                        .body()
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("because");

        assertThat(registry.deleteWith("/api/v1/services/why/monitoring", why).status())
                .isEqualTo(200);
        assertThat(registry.deleteWith("/api/v1/load-balancer/why/stats", why).status())
                .isEqualTo(200);
        var gone = registry.deleteWith("/api/v1/services/why", why);

        assertThat(gone.status()).isEqualTo(200);
        var audit = registry.get("/api/v1/audit?service_name=why&wait=20s&min_position=" + gone.position());
        var told = StreamSupport.stream(audit.body().at("/data/entries").spliterator(), false)
                .filter(entry -> entry.at("/reason").asString().equals("the disk is old"))
                .map(entry -> entry.at("/type").asString());
        assertThat(told).containsExactlyInAnyOrder("MonitoringSwitched", "PicksReset", "InstanceDeregistered");
    }

    @Test
    void secondRegistry_onSameDataDirectory_failsStartup() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> RunningRegistry.start(directory)))
                .isInstanceOf(IOException.class);
    }

    private static List<String> types(String path) throws IOException {
        var entries = registry.get(path).body().at("/data/entries");
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> entry.at("/type").asString())
                .toList();
    }

    static String body(String id, String service, int ttl) {
        return "{\"id\":\"%s\",\"name\":\"%s\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":%d}"
                .formatted(id, service, ttl);
    }
}
