package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract of registrations and heartbeats, as clients depend on it. Like the other contracts, it is tested on the
 * registry in the process, on the server, and on broken copies, which must fail.
 */
public abstract class RegistryContract extends ContractScenarios {

    // --- registering -----------------------------------------------------------------------------------------

    @Test
    void registration_isAnsweredWithEnvelopeAndPosition() {
        var reply = registry().post("/api/v1/services", ContractCalls.declaration(service(), 80));

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body().flag("success", false)).isTrue();
        assertThat(reply.header("Location")).isEqualTo(path(reply.data().text("id", "")));
        assertThat(reply.data().text("service_id")).isEqualTo(reply.data().text("id"));
        assertThat(reply.header("X-Registry-Position")).isEqualTo(Long.toString(reply.position()));
        assertThat(reply.header("X-Registry-Store")).isNotEmpty();
        assertThat(reply.body().object("meta").text("at", "")).matches("\\d{4}-\\d\\d-\\d\\dT.*\\.\\d{3}Z");
    }

    @Test
    void registration_hasTheDefaults() {
        var data = registry()
                .post("/api/v1/services", ContractCalls.declaration(service(), 80))
                .data();

        assertThat(data.text("protocol")).isEqualTo("http");
        assertThat(data.number("weight", -1)).isEqualTo(100);
        assertThat(data.number("ttl", -1)).isEqualTo(30);
        assertThat(data.text("version")).isEmpty();
        assertThat(data.text("zone")).isEmpty();
        assertThat(data.text("status")).isEqualTo("healthy");
        assertThat(data.text("declared")).isEqualTo("active");
        assertThat(data.text("lease")).isEqualTo("live");
        assertThat(data.text("breaker")).isEqualTo("closed");
        assertThat(data.number("heartbeat_interval", -1)).isEqualTo(10);
    }

    @Test
    void repeatedRegistration_keepsTheId() {
        var declaration = ContractCalls.declaration(service(), 80);
        var first = registry().post("/api/v1/services", declaration);
        declaration.put("version", "2.0.0");
        var second = registry().post("/api/v1/services", declaration);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.data().text("id")).isEqualTo(first.data().text("id"));
        assertThat(second.data().text("version")).isEqualTo("2.0.0");
    }

    @Test
    void derivedId_isTheDocumentedOne() {
        var reply = registry()
                .post("/api/v1/services", Map.of("name", "user-service", "address", "192.168.1.100", "port", 8080));

        assertThat(reply.data().text("id")).isEqualTo("589121c5-0d87-5e44-83db-ae231035106a");
    }

    @Test
    void givenId_isKept() {
        assertThat(registry().register(service(), 80, Map.of("id", service() + ":1")))
                .isEqualTo(service() + ":1");
        assertThat(registry().get(path(service() + ":1")).data().text("name")).isEqualTo(service());
    }

    @Test
    void hostName_isStoredInLowerCase() {
        assertThat(registry()
                        .post("/api/v1/services", Map.of("name", service(), "address", "Host.Example", "port", 80))
                        .data()
                        .text("address"))
                .isEqualTo("host.example");
    }

    @Test
    void instanceWithoutLease_hasNoHeartbeatInterval() {
        var declaration = ContractCalls.declaration(service(), 80);
        declaration.put("ttl", 0);
        declaration.put("health_check", Map.of("check_type", "none"));
        var reply = registry().post("/api/v1/services", declaration);

        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.data().has("heartbeat_interval")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"address\": \"10.0.0.1\", \"port\": 80}|name",
                "{\"name\": \"-web\", \"address\": \"10.0.0.1\", \"port\": 80}|name",
                "{\"name\": \"web\", \"port\": 80}|address",
                "{\"name\": \"web\", \"address\": \"10.0.0.1\"}|port",
                "{\"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 0}|port",
                "{\"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 65536}|port",
                "{\"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 80, \"ttl\": 4}|ttl",
                "{\"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 80, \"weight\": -1}|weight",
                "{\"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 80, \"protocol\": \"udp\"}|protocol",
                "{\"name\": \"web\", \"address\": \"10.0.0.1\", \"port\": 80, \"initial_status\": \"up\"}|initial_status"
            })
    void invalidField_isRefusedByName(String bodyAndField) {
        int bar = bodyAndField.lastIndexOf('|');
        var reply = registry().postText("/api/v1/services", bodyAndField.substring(0, bar));

        assertProblem(reply, 400, "validation_failed");
        assertThat(reply.body().objects("errors").get(0).text("field")).isEqualTo(bodyAndField.substring(bar + 1));
        assertThat(reply.body().objects("errors").get(0).has("expected")).isTrue();
    }

    @Test
    void unknownField_isRefusedByName() {
        var declaration = ContractCalls.declaration(service(), 80);
        declaration.put("prot", "http");
        var reply = registry().post("/api/v1/services", declaration);

        assertProblem(reply, 400, "unknown_field");
        assertThat(reply.body().objects("errors").get(0).text("field")).isEqualTo("prot");
    }

    @Test
    void malformedJson_isRefused() {
        assertProblem(registry().postText("/api/v1/services", "{\"name\": "), 400, "malformed_json");
    }

    // --- heartbeats ------------------------------------------------------------------------------------------

    @Test
    void startingInstance_becomesHealthyByAHeartbeat() {
        String id = registry().register(service(), 80, Map.of("initial_status", "starting"));
        registry().register(service(), 81);
        assertThat(registry().get(path(id)).data().text("status")).isEqualTo("starting");
        assertThat(registry().discover(service(), "").ids()).doesNotContain(id);

        var beat = registry().post(path(id) + "/heartbeat", Map.of("status", "healthy"));

        assertThat(beat.status()).isEqualTo(200);
        assertThat(beat.data().flag("revived", true)).isFalse();
        assertThat(discovered(beat)).contains(id);
    }

    @Test
    void startingInstance_staysSoWithAPlainHeartbeat() {
        String id = registry().register(service(), 80, Map.of("initial_status", "starting"));
        var beat = registry().post("/api/v1/heartbeats", Map.of("ids", List.of(id)));

        assertThat(registry()
                        .get(path(id) + "?min_position=" + beat.position())
                        .data()
                        .text("status"))
                .isEqualTo("starting");
    }

    @Test
    void unhealthyReport_takesTheInstanceOut() {
        String id = registry().register(service(), 80);
        registry().register(service(), 81);
        var beat = registry().post(path(id) + "/heartbeat", Map.of("status", "unhealthy"));

        assertThat(discovered(beat)).doesNotContain(id).hasSize(1);
        assertThat(registry().discover(service(), "&include_unhealthy=true").ids())
                .contains(id);
    }

    @Test
    void panic_returnsUnhealthyInstances() {
        String id = registry().register(service(), 80);
        var beat = registry().post(path(id) + "/heartbeat", Map.of("status", "unhealthy"));
        var found = registry().discover(service(), "&min_position=" + beat.position());

        assertThat(found.data().flag("panic", false)).isTrue();
        assertThat(found.ids()).containsExactly(id);
    }

    @Test
    void heartbeat_ofUnknownInstance_isRefused() {
        assertProblem(registry().post(path("nobody-" + service()) + "/heartbeat", Map.of()), 404, "unknown_instance");
    }

    @Test
    void heartbeat_ofDeregisteredInstance_isRefused() {
        String id = registry().register(service(), 80);
        registry().delete(path(id), "gone");

        assertProblem(registry().post(path(id) + "/heartbeat", Map.of()), 410, "instance_deregistered");
    }

    @Test
    void heartbeat_withUnknownStatus_isRefused() {
        String id = registry().register(service(), 80);

        assertProblem(registry().post(path(id) + "/heartbeat", Map.of("status", "fine")), 400, "validation_failed");
    }

    @Test
    void heartbeat_withView_isAccepted() {
        String id = registry().register(service(), 80);
        var view = List.of(Map.of("service_name", "payments", "position", 1, "age_ms", 400));

        assertThat(registry()
                        .post(path(id) + "/heartbeat", Map.of("view", view))
                        .status())
                .isEqualTo(200);
        var batch =
                registry().post("/api/v1/heartbeats", Map.of("heartbeats", List.of(Map.of("id", id, "view", view))));
        assertThat(batch.data().number("renewed", -1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"service_name\": \"payments\"}]",
                "[{\"service_name\": \"payments\", \"position\": -1}]",
                "[{\"service_name\": \"-\", \"position\": 1}]",
                "[{\"service_name\": \"a\", \"position\": 1}, {\"service_name\": \"a\", \"position\": 2}]",
                "{\"payments\": 1}"
            })
    void heartbeat_withInvalidView_isRefused(String view) {
        String id = registry().register(service(), 80);

        assertProblem(
                registry().postText(path(id) + "/heartbeat", "{\"view\": " + view + "}"), 400, "validation_failed");
    }

    @Test
    void batch_hasAnOutcomePerId() {
        String known = registry().register(service(), 80);
        String gone = registry().register(service(), 81);
        registry().delete(path(gone), "gone");
        var reply = registry().post("/api/v1/heartbeats", Map.of("ids", List.of(known, "nobody", gone, known)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.data().objects("outcomes").stream()
                        .map(outcome -> outcome.text("id") + " " + outcome.text("outcome")))
                .containsExactly(known + " renewed", "nobody unknown_instance", gone + " instance_deregistered");
        assertThat(reply.data().number("total", -1)).isEqualTo(3);
        assertThat(reply.data().number("renewed", -1)).isEqualTo(1);
        assertThat(reply.data().number("failed", -1)).isEqualTo(2);
        assertThat(reply.data().objects("outcomes").get(1).text("code")).isEqualTo("unknown_instance");
    }

    @Test
    void emptyBatch_isRefused() {
        assertProblem(registry().post("/api/v1/heartbeats", Map.of("ids", List.of())), 400, "validation_failed");
    }
}
