package dev.aicore.discovery.query.history;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.shard.ListReport;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.query.testing.ObservationRows;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.SampleInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests answers about the lists that a client reported. Position 20 was recorded 20 s after the beginning. */
@Tag("integration")
class ClientViewRouteTest {

    private static final String VIEW = "/api/v1/services/w-1/view?service_name=";
    private static final int SLOT = 9;

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ObservationRows observed = new ObservationRows(registry.postgres());

    @BeforeEach
    void createReports() {
        observed.clear();
        var rows = registry.rows();
        rows.version(SampleInstance.of("db", "db-1"), 5, null, null);
        rows.version(SampleInstance.of("web", "w-1").slot(SLOT, 10), 10, null, null);
        rows.version(SampleInstance.of("db", "db-2"), 45, null, null);
        for (long fact : new long[] {5, 10, 45}) {
            rows.fact(fact);
        }
        report(48, "db", 44);
        report(49, "cache", 45);
        observed.at(50, SLOT, ObservationKind.RENEWED);
        report(60, "db", 46);
        rows.head(75);
        rows.watermark("instances", 45);
        rows.watermark("audit", 45);
    }

    @Test
    void view_returnsInstancesAtReportedPosition() {
        var before = ok(registry.client(), VIEW + "db&at=55").path("data");
        assertThat(before.path("id").asString()).isEqualTo("w-1");
        assertThat(before.path("service_name").asString()).isEqualTo("db");
        assertThat(before.path("list_position").asLong()).isEqualTo(44);
        assertThat(before.path("report_position").asLong()).isEqualTo(48);
        assertThat(before.path("confirmed_at").asString()).isEqualTo("2026-11-23T12:00:48.000Z");
        assertThat(texts(before.path("services"), "id")).containsExactly("db-1");

        var byTime =
                ok(registry.client(), VIEW + "db&at=2026-11-23T12:00:59.500Z").path("data");
        assertThat(byTime.path("list_position").asLong()).isEqualTo(44);
        assertThat(byTime.path("age_ms").asLong()).isEqualTo(11_500);

        var now = ok(registry.client(), VIEW + "db").path("data");
        assertThat(now.path("list_position").asLong()).isEqualTo(46);
        assertThat(texts(now.path("services"), "id")).containsExactly("db-1", "db-2");
    }

    @Test
    void view_withoutReport_returns404() {
        problem(registry.client(), VIEW + "web", 404, "not_found");
        problem(registry.client(), VIEW + "db&at=47", 404, "not_found");
        problem(registry.client(), "/api/v1/services/nobody/view?service_name=db", 404, "not_found");
    }

    private void report(long position, String service, long listPosition) {
        var report = new ListReport(service, listPosition, 0);
        observed.at(position, SLOT, ObservationKind.LIST_REPORTED, report.serviceNumber(), report.packedPosition());
    }
}
