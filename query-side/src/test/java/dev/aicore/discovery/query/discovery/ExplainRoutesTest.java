package dev.aicore.discovery.query.discovery;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@Tag("integration")
class ExplainRoutesTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    @Test
    void explain_ofEveryState_agreesWithDiscover() {
        register(everyState("panicky"));
        var calm = everyState("calm");
        for (int i = 0; i < 100; i++) {
            calm.add(SampleInstance.of("calm", "calm-well-" + i));
        }
        register(calm);

        for (var service : List.of("calm", "panicky")) {
            for (var filter : List.of("", "&include_unhealthy=1", "&version=2.0.0")) {
                var query = "service_name=" + service + filter;
                var discovered = new HashSet<>(ids(ok(client, "/api/v1/discover?" + query)));
                for (var sampleInstance : everyState(service)) {
                    var explained = ok(client, "/api/v1/explain?" + query + "&id=" + sampleInstance.id());
                    assertThat(explained.at("/data/discovered").asBoolean())
                            .as("%s of %s: %s", sampleInstance.id(), query, explained.path("data"))
                            .isEqualTo(discovered.contains(sampleInstance.id()));
                }
            }
        }
    }

    @Test
    void explain_ofExcludedInstance_listsRulesAndCauses() {
        var ill = SampleInstance.of("web", "w-1").health(HealthState.UNHEALTHY);
        rows.version(ill, 1, 3L, null);
        rows.version(ill.weight(0), 3, null, null);
        rows.instance(ill.weight(0), 3);
        register(List.of(SampleInstance.of("web", "w-2"), SampleInstance.of("web", "w-3")));
        rows.auditOfRegistry(2, "w-1", "web", "HealthChanged", "3 results failed.", "It turned unhealthy.");
        rows.audit(3, "w-1", "web", "InstanceUpdated", "alice changed its weight to 0.");
        complete(10);

        var data = ok(client, "/api/v1/explain?service_name=web&id=w-1").path("data");

        assertThat(data.path("summary").asString())
                .isEqualTo("'w-1' is not discovered. The instance is unhealthy."
                        + " The weight is 0: the instance gets no traffic.");
        assertThat(texts(data.path("rules"), "rule"))
                .containsExactly(
                        "registered", "present", "declared", "lease", "health", "circuit", "weight", "filters");
        assertThat(rule(data, "health").at("/because/summary").asString()).isEqualTo("It turned unhealthy.");
        assertThat(rule(data, "weight").at("/because/actor").asString()).isEqualTo("alice");
        assertThat(rule(data, "weight").at("/because/reason").asString()).isEqualTo("moving house");
        assertThat(data.at("/instance/status").asString()).isEqualTo("unhealthy");
    }

    @Test
    void explain_ofDeclaredState_namesDeclaringEvent() {
        var web = SampleInstance.of("web", "w-1");
        var resting = web.declared(AdminState.MAINTENANCE);
        rows.version(web, 10, 20L, null);
        rows.version(resting, 20, 30L, null);
        rows.version(resting.tags("blue"), 30, 40L, null);
        rows.version(resting.tags("blue").weight(0), 40, 50L, null);
        rows.version(resting.weight(0), 50, null, null);
        rows.version(SampleInstance.of("web", "w-2").weight(0), 11, 21L, null);
        rows.version(SampleInstance.of("web", "w-2").weight(0).tags("blue"), 21, null, null);
        rows.audit(10, "w-1", "web", "InstanceRegistered", "alice registered it.");
        rows.audit(20, "w-1", "web", "InstanceUpdated", "alice put it into maintenance.");
        rows.audit(30, "w-1", "web", "InstanceUpdated", "alice changed its tags.");
        rows.audit(40, "w-1", "web", "InstanceUpdated", "alice changed its weight to 0.");
        rows.audit(50, "w-1", "web", "InstanceUpdated", "alice changed its tags.");
        rows.audit(11, "w-2", "web", "InstanceRegistered", "alice registered it.");
        rows.audit(21, "w-2", "web", "InstanceUpdated", "alice changed its tags.");
        rows.fact(10);
        complete(60);

        var now = ok(client, "/api/v1/explain?service_name=web&id=w-1").path("data");
        assertThat(rule(now, "declared").at("/because/position").asLong()).isEqualTo(20);
        assertThat(rule(now, "weight").at("/because/position").asLong()).isEqualTo(40);
        var then = ok(client, "/api/v1/explain?service_name=web&id=w-1&at=35").path("data");
        assertThat(rule(then, "declared").at("/because/position").asLong()).isEqualTo(20);
        assertThat(rule(then, "weight").has("because")).isFalse();
        var other = ok(client, "/api/v1/explain?service_name=web&id=w-2").path("data");
        assertThat(rule(other, "weight").at("/because/position").asLong()).isEqualTo(11);
        assertThat(rule(other, "declared").has("because")).isFalse();
    }

    @Test
    void explain_asOfPosition_describesPastState() {
        var web = SampleInstance.of("web", "w-1");
        rows.version(web, 10, 20L, null);
        rows.version(web, 20, null, "deregistered");
        rows.audit(10, "w-1", "web", "InstanceRegistered", "alice registered it.");
        rows.audit(20, "w-1", "web", "InstanceDeregistered", "alice deregistered it.");
        rows.fact(10);
        complete(30);

        var then = ok(client, "/api/v1/explain?service_name=web&id=w-1&at=15");
        assertThat(then.at("/data/discovered").asBoolean()).isTrue();
        assertThat(then.at("/meta/past").asBoolean()).isTrue();
        var now = ok(client, "/api/v1/explain?service_name=web&id=w-1").path("data");
        assertThat(now.path("summary").asString()).isEqualTo("'w-1' is not discovered. The instance was deregistered.");
        assertThat(rule(now, "present").at("/because/position").asLong()).isEqualTo(20);
        problem(client, "/api/v1/explain?service_name=web&id=w-1&at=9", 410, "history_compacted");
    }

    @Test
    void explain_afterReregistration_ignoresEarlierRegistrations() {
        var web = SampleInstance.of("web", "w-1").weight(0);
        rows.version(SampleInstance.of("vault", "w-1"), 10, 20L, null);
        rows.version(SampleInstance.of("vault", "w-1"), 20, 30L, "deregistered");
        rows.version(web, 30, 40L, null);
        rows.version(web, 40, 50L, "deregistered");
        rows.version(web, 50, null, null);
        rows.instance(web, 50);
        for (int life = 10; life <= 50; life += 20) {
            rows.audit(life, "w-1", life == 10 ? "vault" : "web", "InstanceRegistered", "life " + life);
        }
        rows.audit(11, "w-1", "vault", "HealthChanged", "life 10");
        rows.audit(31, "w-1", "web", "InstanceUpdated", "life 30");
        complete(60);

        var data = ok(client, "/api/v1/explain?service_name=web&id=w-1").path("data");

        assertThat(rule(data, "registered").at("/because/summary").asString()).isEqualTo("life 50");
        assertThat(rule(data, "health").path("because").isMissingNode()).isTrue();
        assertThat(rule(data, "weight").at("/because/summary").asString()).isEqualTo("life 50");
    }

    @Test
    void explain_ofForeignOrUnknownInstance_statesReason() {
        register(List.of(SampleInstance.of("db", "d-1")));

        assertThat(summary("d-1"))
                .isEqualTo("'d-1' is not discovered. The instance 'd-1' belongs to the service 'db'.");
        assertThat(summary("x")).isEqualTo("'x' is not discovered. The instance 'x' was never registered.");
        problem(client, "/api/v1/explain?service_name=web", 400, "validation_failed");
        problem(client, "/api/v1/explain?id=x", 400, "validation_failed");
    }

    private String summary(String id) {
        return ok(client, "/api/v1/explain?service_name=web&id=" + id)
                .at("/data/summary")
                .asString();
    }

    private static JsonNode rule(JsonNode data, String name) {
        for (var rule : data.path("rules")) {
            if (rule.path("rule").asString().equals(name)) {
                return rule;
            }
        }
        throw new AssertionError("There is no rule " + name + " in " + data);
    }

    private static List<SampleInstance> everyState(String service) {
        var samples = new ArrayList<SampleInstance>();
        for (var adminState : AdminState.values()) {
            for (var lease : LeaseState.values()) {
                for (var healthState : HealthState.values()) {
                    for (var breakerState : BreakerState.values()) {
                        var state = new InstanceState(adminState, lease, healthState, breakerState);
                        var id = String.join(
                                "-",
                                service,
                                adminState.jsonName(),
                                lease.jsonName(),
                                healthState.jsonName(),
                                breakerState.jsonName());
                        samples.add(SampleInstance.of(service, id).in(state));
                        samples.add(
                                SampleInstance.of(service, id + "-0").weight(0).in(state));
                    }
                }
            }
        }
        return samples;
    }

    private void register(List<SampleInstance> samples) {
        samples.forEach(sampleInstance -> {
            rows.instance(sampleInstance, 1);
            rows.version(sampleInstance, 1, null, null);
        });
        complete(10);
    }

    private void complete(long position) {
        rows.watermark("instances", position);
        rows.watermark("audit", position);
        rows.head(position);
    }
}
