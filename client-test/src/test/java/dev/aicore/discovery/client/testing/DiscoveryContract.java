package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of updates, deregistrations, discovery and outcomes, as clients depend on it. */
public abstract class DiscoveryContract extends ContractScenarios {

    // --- updates and leaving ---------------------------------------------------------------------------------

    @Test
    void update_mergesMetadata() {
        String id = registry().register(service(), 80, Map.of("metadata", Map.of("a", "1", "b", "2")));
        var reply = registry().patch(path(id), Map.of("metadata", Map.of("b", "3"), "weight", 50));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.data().object("metadata").texts()).isEqualTo(Map.of("a", "1", "b", "3"));
        assertThat(reply.data().number("weight", -1)).isEqualTo(50);
        assertThat(reply.data().number("port", -1)).isEqualTo(80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maintenance", "draining"})
    void declaredStatus_takesTheInstanceOutAndBack(String status) {
        String id = registry().register(service(), 80);
        var out = registry().put(path(id), Map.of("status", status, "reason", "new disk"));

        assertThat(out.data().text("status")).isEqualTo(status);
        assertThat(out.data().text("declared")).isEqualTo(status);
        assertThat(discovered(out)).isEmpty();
        assertThat(discovered(registry().put(path(id), Map.of("status", "active"))))
                .containsExactly(id);
    }

    @Test
    void drainingInstance_staysSoWithHeartbeats() {
        String id = registry().register(service(), 80);
        registry().patch(path(id), Map.of("status", "draining"));
        var beat = registry().post(path(id) + "/heartbeat", Map.of("status", "healthy"));

        assertThat(registry()
                        .get(path(id) + "?min_position=" + beat.position())
                        .data()
                        .text("status"))
                .isEqualTo("draining");
    }

    @Test
    void update_ofName_isRefused() {
        String id = registry().register(service(), 80);

        assertProblem(registry().patch(path(id), Map.of("name", service() + "x")), 422, "name_immutable");
    }

    @Test
    void update_withUnknownStatus_isRefused() {
        String id = registry().register(service(), 80);

        assertProblem(registry().patch(path(id), Map.of("status", "sleeping")), 400, "validation_failed");
    }

    @Test
    void update_ofUnknownInstance_isRefused() {
        assertProblem(registry().patch(path("nobody"), Map.of("weight", 1)), 404, "unknown_instance");
    }

    @Test
    void deregistration_succeedsOnce() {
        String id = registry().register(service(), 80);
        var reply = registry().delete(path(id), "moved");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.data().flag("deregistered", false)).isTrue();
        assertThat(discovered(reply)).isEmpty();
        assertProblem(registry().delete(path(id), "moved"), 404, "unknown_instance");
    }

    @Test
    void deregisteredInstance_canRegisterAgain() {
        String id = registry().register(service(), 80);
        registry().delete(path(id), "moved");
        var again = registry().post("/api/v1/services", ContractCalls.declaration(service(), 80));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.data().text("id")).isEqualTo(id);
        assertThat(discovered(again)).containsExactly(id);
    }

    @Test
    void history_saysWhoDeregisteredAndWhy() {
        String id = registry().register(service(), 80);
        var deleted = registry().delete(path(id), "moved to another rack");
        var entries = registry().get(path(id) + "/history?order=desc&limit=1&min_position=" + deleted.position());

        var entry = entries.data().objects("entries").get(0);
        assertThat(entry.text("type")).isEqualTo("InstanceDeregistered");
        assertThat(entry.text("actor")).isEqualTo("anonymous");
        assertThat(entry.text("reason")).isEqualTo("moved to another rack");
    }

    // --- discovery -------------------------------------------------------------------------------------------

    @Test
    void unknownService_hasNoInstances() {
        var reply = registry().discover(service(), "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.ids()).isEmpty();
        assertThat(reply.data().number("total", -1)).isZero();
    }

    @Test
    void explanation_saysWhetherTheInstanceIsDiscovered() {
        String id = registry().register(service(), 80);
        String explain = "/api/v1/explain?service_name=" + service() + "&id=" + id;
        await().until(() -> registry().get(explain).data().flag("discovered", false));
        var data = registry().get(explain).data();

        assertThat(data.text("id")).isEqualTo(id);
        assertThat(data.text("summary")).contains(id);
        assertThat(data.objects("rules")).allSatisfy(rule -> {
            assertThat(rule.text("rule")).isNotEmpty();
            assertThat(rule.flag("passes", false)).isTrue();
        });
    }

    @Test
    void discovery_rotatesEqually() {
        for (int port = 80; port < 83; port++) {
            registry().register(service(), port);
        }
        var firsts = new HashMap<String, Integer>();
        for (int i = 0; i < 6; i++) {
            var ids = registry()
                    .discover(service(), "&load_balancing_strategy=round_robin")
                    .ids();
            firsts.merge(ids.get(0), 1, Integer::sum);
            assertThat(ids).hasSize(3);
        }
        assertThat(firsts)
                .hasSize(3)
                .allSatisfy((id, count) -> assertThat(count).isEqualTo(2));
    }

    @Test
    void filters_selectMatchingInstances() {
        String one = registry()
                .register(
                        service(),
                        80,
                        Map.of("version", "1.4.2", "tags", List.of("blue"), "metadata", Map.of("region", "eu")));
        registry().register(service(), 81, Map.of("version", "2.0.0", "tags", List.of("green")));

        assertThat(registry().discover(service(), "&version=%5E1.2").ids()).containsExactly(one);
        assertThat(registry().discover(service(), "&version=1.4.2").ids()).containsExactly(one);
        assertThat(registry().discover(service(), "&tag=blue").ids()).containsExactly(one);
        assertThat(registry().discover(service(), "&metadata.region=eu").ids()).containsExactly(one);
        assertThat(registry().discover(service(), "&tag=red").ids()).isEmpty();
        assertThat(registry().discover(service(), "&limit=1").ids()).hasSize(1);
    }

    @Test
    void weightZero_getsNoTraffic() {
        registry().register(service(), 80, Map.of("weight", 0));

        assertThat(registry().discover(service(), "").ids()).isEmpty();
    }

    @Test
    void discovery_withoutAService_isRefused() {
        assertProblem(registry().get("/api/v1/discover"), 400, "validation_failed");
    }

    @Test
    void unknownParameter_isRefusedByName() {
        var reply = registry().discover(service(), "&sevice=x");

        assertProblem(reply, 400, "unknown_parameter");
        assertThat(reply.body().objects("errors").get(0).text("field")).isEqualTo("sevice");
    }

    @Test
    void lists_haveTheInstancesOfAService() {
        String id = registry().register(service(), 80);
        var draining = registry().patch(path(id), Map.of("status", "draining"));
        String after = "min_position=" + draining.position();

        assertThat(registry()
                        .get("/api/v1/services?service_name=" + service() + "&" + after)
                        .ids())
                .containsExactly(id);
        assertThat(registry().get(path(service()) + "/instances?" + after).ids())
                .containsExactly(id);
    }

    @Test
    void serviceNames_containPresentServices() {
        var reply = registry().post("/api/v1/services", ContractCalls.declaration(service(), 80));
        var names = registry().get("/api/v1/service-names?limit=1000&min_position=" + reply.position());

        assertThat(names.data().objects("services").stream().map(one -> one.text("name")))
                .contains(service());
    }

    @Test
    void unknownInstance_isRefused() {
        assertProblem(registry().get(path("nobody")), 404, "unknown_instance");
    }

    @Test
    void unknownRoute_isRefused() {
        assertProblem(registry().get("/api/v1/nothing"), 404, "not_found");
    }

    @Test
    void positions_neverDecrease_inOneStore() {
        var positions = new ArrayList<Long>();
        var stores = new ArrayList<String>();
        for (int port = 80; port < 85; port++) {
            var reply = registry().post("/api/v1/services", ContractCalls.declaration(service(), port));
            positions.add(reply.position());
            stores.add(reply.header("X-Registry-Store"));
        }
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        assertThat(stores).containsOnly(stores.get(0));
    }

    // --- outcomes --------------------------------------------------------------------------------------------

    @Test
    void outcomes_areAnsweredWithTheBreaker() {
        String id = registry().register(service(), 80);
        var reply = registry().post(path(id) + "/outcomes", Map.of("successes", 3, "failures", 1));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.data().text("breaker")).isEqualTo("closed");
    }

    @Test
    void outcomes_withoutCalls_areRefused() {
        String id = registry().register(service(), 80);

        assertProblem(
                registry().post(path(id) + "/outcomes", Map.of("successes", 0, "failures", 0)),
                400,
                "validation_failed");
        assertProblem(registry().post(path("nobody") + "/outcomes", Map.of("successes", 1)), 404, "unknown_instance");
    }
}
