package dev.aicore.discovery.query.instance;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests reads with dead letters: the removal of w-2 at position 20 and the registration of w-3 at 30. */
@Tag("integration")
class DeadLetterRoutesTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    @BeforeEach
    void createDeadLetters() {
        for (var id : new String[] {"w-1", "w-2"}) {
            rows.instance(SampleInstance.of("web", id), 10);
            rows.version(SampleInstance.of("web", id), 10, null, null);
        }
        rows.audit(10, "w-1", "web", "InstanceRegistered", "It came.");
        rows.fact(10);
        rows.fact(20, "InstanceRemoved", "w-2", "{}");
        rows.fact(30, "InstanceRegistered", "w-3", "{}");
        rows.parked(20, "w-2");
        rows.parked(30, "w-3");
        rows.audit(20, "w-2", "web", "InstanceRemoved", "It went.");
        rows.audit(30, "w-3", "web", "InstanceRegistered", "It came.");
        rows.watermark("instances", 40);
        rows.watermark("audit", 40);
        rows.head(40);
    }

    @Test
    void parkedInstance_isNotDiscovered() {
        assertThat(ids(ok(client, "/api/v1/discover?service_name=web"))).containsExactly("w-1");
        assertThat(ids(ok(client, "/api/v1/discover?service_name=web&min_position=40")))
                .containsExactly("w-1");
        assertThat(ids(ok(client, "/api/v1/discover?service_name=web&at=25"))).containsExactly("w-1");
        assertThat(ids(ok(client, "/api/v1/discover?service_name=web&at=15"))).containsExactly("w-1", "w-2");
    }

    @Test
    void readById_ofParkedInstance_returnsNotYetVisible() {
        ok(client, "/api/v1/services/w-1");
        assertThat(problem(client, "/api/v1/services/w-2", 409, "not_yet_visible")
                        .path("detail")
                        .asString())
                .startsWith("The fact at position 20 about instance 'w-2' could not be folded into the read model");
        problem(client, "/api/v1/services/w-2/health", 409, "not_yet_visible");
        ok(client, "/api/v1/services/w-1/health");
        problem(client, "/api/v1/services/w-3?min_position=30", 409, "not_yet_visible");
        problem(client, "/api/v1/services/w-2?at=25", 409, "not_yet_visible");
        ok(client, "/api/v1/services/w-2?at=15");
    }

    @Test
    void explain_ofParkedInstance_returnsNotYetVisible() {
        var explain = "/api/v1/explain?service_name=web&id=";
        ok(client, explain + "w-1");
        problem(client, explain + "w-2", 409, "not_yet_visible");
        problem(client, explain + "w-3", 409, "not_yet_visible");
        ok(client, explain + "w-2&at=15");
    }

    /** The dead letter was recorded 20 s after noon, and the window begins at 5 s. */
    @Test
    void uptime_ofParkedInstance_endsAtDeadLetter() {
        var instances =
                ok(client, "/api/v1/services/web/uptime?window=25s&at=30").at("/data/instances");
        assertThat(instances.at("/0/seconds/healthy").asDouble()).isEqualTo(20.0);
        assertThat(instances.at("/1/id").asString()).isEqualTo("w-2");
        assertThat(instances.at("/1/seconds/healthy").asDouble()).isEqualTo(10.0);
    }

    @Test
    void lists_markParkedInstances() {
        for (var list : new String[] {"/api/v1/services", "/api/v1/services/web/instances", "/api/v1/services?at=25"}) {
            var services = ok(client, list).at("/data/services");
            assertThat(ids(ok(client, list))).containsExactly("w-1", "w-2");
            assertThat(services.get(0).has("parked")).isFalse();
            assertThat(services.get(1).path("parked").asBoolean()).isTrue();
        }
        assertThat(ok(client, "/api/v1/services?at=15").at("/data/services/1").has("parked"))
                .isFalse();
    }

    @Test
    void list_withMinPositionOfDeadLetter_returnsNotYetVisible() {
        ok(client, "/api/v1/services?service_name=web&min_position=19");
        problem(client, "/api/v1/services?service_name=web&min_position=20", 409, "not_yet_visible");
        problem(client, "/api/v1/services/web/instances?min_position=40", 409, "not_yet_visible");
        ok(client, "/api/v1/services?service_name=db&min_position=40");
    }
}
