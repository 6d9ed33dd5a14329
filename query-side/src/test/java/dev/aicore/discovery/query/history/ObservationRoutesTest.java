package dev.aicore.discovery.query.history;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.api.health.CheckFailureReason;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.query.testing.ObservationRows;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/**
 * Tests histories with observations. Positions are seconds: position 20 was recorded 20 s after
 * {@link ReadModelRows#AT}.
 */
@Tag("integration")
class ObservationRoutesTest {

    private static final String URI = "/api/v1/services/w-1/history?include=observations";
    private static final int SLOT = 4;
    private static final int OTHER = 5;

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final ObservationRows observed = new ObservationRows(registry.postgres());
    private final WebTestClient client = registry.client();

    /**
     * Creates an instance that occupies slot 4 from 10 to 40 and slot 9 from 60 on. Another instance occupied slot 4
     * before and occupies it afterwards.
     */
    @BeforeEach
    void createObservations() {
        observed.clear();
        var web = SampleInstance.of("web", "w-1");
        rows.version(web.slot(SLOT, 10), 10, 40L, null);
        rows.version(web.slot(SLOT, 10), 40, 60L, "removed");
        rows.version(web.slot(9, 60), 60, null, null);
        rows.audit(10, "w-1", "web", "InstanceRegistered", "alice registered it.");
        rows.auditOfRegistry(40, "w-1", "web", "InstanceRemoved", "Silent for 20 s.", "It was removed.");
        rows.audit(60, "w-1", "web", "InstanceRevived", "It came again.");
        for (long fact : new long[] {10, 40, 60}) {
            rows.fact(fact);
        }
        observed.at(5, SLOT, ObservationKind.RENEWED);
        observed.at(20, SLOT, ObservationKind.REPORTED_HEALTHY, OTHER, ObservationKind.RENEWED);
        observed.at(
                30,
                OTHER,
                ObservationKind.RENEWED,
                SLOT,
                ObservationKind.RENEWED,
                SLOT,
                ObservationKind.REPORTED_UNHEALTHY);
        observed.at(50, SLOT, ObservationKind.RENEWED);
        observed.at(70, 9, ObservationKind.RENEWED);
        rows.head(75);
        rows.watermark("instances", 60);
        rows.watermark("audit", 60);
    }

    @Test
    void history_withObservations_mergesFactsAndObservations() {
        var answer = ok(client, URI);

        assertThat(entryTexts(answer))
                .containsExactly(
                        "10 InstanceRegistered",
                        "20 HeartbeatReceived",
                        "30 HeartbeatReceived",
                        "30 HeartbeatReceived",
                        "40 InstanceRemoved",
                        "60 InstanceRevived",
                        "70 HeartbeatReceived");
        assertThat(answer.at("/meta/position").asLong())
                .as("all facts are folded")
                .isEqualTo(75);
        var healthy = answer.at("/data/entries/1");
        assertThat(healthy.path("action").asString()).isEqualTo("observe");
        assertThat(healthy.path("service_name").asString()).isEqualTo("web");
        assertThat(healthy.path("summary").asString()).isEqualTo("Heartbeat: healthy");
        assertThat(healthy.at("/evidence/healthy").asBoolean()).isTrue();
        assertThat(healthy.path("at").asString()).isEqualTo("2026-11-23T12:00:20.000Z");
        assertThat(healthy.has("actor")).as("observations have no actor").isFalse();
    }

    @Test
    void observations_ofChecksAndReports_includeEvidence() {
        int failure = new CheckFailureReason(CheckFailureCode.STATUS, 503).packed();
        observed.at(71, 9, ObservationKind.CHECK_FAILED, failure, 4);
        observed.at(72, 9, ObservationKind.CHECK_PASSED_RENEWING, 3, 0);
        observed.at(73, 9, ObservationKind.CONNECTIONS_REPORTED, 12, 0);
        observed.at(74, 9, ObservationKind.OUTCOMES_REPORTED_BY, new CallReport(7, 2).packed(), 1);

        var entries = ok(client, URI + "&from=71").at("/data/entries");

        assertThat(texts(entries, "type"))
                .containsExactly("CheckFailed", "CheckPassed", "ConnectionsReported", "OutcomesReported");
        assertThat(texts(entries, "summary"))
                .containsExactly(
                        "Check failed: status 503, within 16 ms",
                        "Check passed, within 8 ms",
                        "12 active connections",
                        "Callers report 7 successes and 2 failures");
        assertThat(entries.at("/0/actor").asString()).isEqualTo("registry");
        assertThat(entries.at("/0/evidence/reason").asString()).isEqualTo("status 503");
    }

    @Test
    void paging_inBothOrders_returnsSameEntries() {
        var all = entryTexts(ok(client, URI));
        for (int limit = 1; limit <= 8; limit++) {
            assertThat(paged(URI + "&limit=" + limit)).isEqualTo(all);
            assertThat(paged(URI + "&order=desc&limit=" + limit)).isEqualTo(all.reversed());
        }
    }

    @Test
    void window_byInstantOrPosition_returnsSameEntries() {
        assertThat(entryTexts(ok(client, URI + "&from=20&to=40")))
                .isEqualTo(entryTexts(ok(client, URI + "&from=2026-11-23T12:00:20Z&to=2026-11-23T12:00:40Z")))
                .hasSize(4);
        assertThat(entryTexts(ok(client, URI + "&from=2026-11-23T12:00:20.001Z&to=2026-11-23T12:00:39Z")))
                .containsExactly("30 HeartbeatReceived", "30 HeartbeatReceived");
        assertThat(entryTexts(ok(client, URI + "&from=2026-11-23T12:01:10.001Z")))
                .isEmpty();
    }

    @Test
    void distantObservations_areFoundAcrossPages() {
        observed.at(900_000, 9, ObservationKind.RENEWED);
        rows.head(900_000);

        var first = ok(client, URI + "&from=61&limit=1");
        assertThat(entryTexts(first)).containsExactly("70 HeartbeatReceived");
        assertThat(paged(URI + "&from=71")).containsExactly("900000 HeartbeatReceived");
        assertThat(paged(URI + "&from=71&order=desc")).containsExactly("900000 HeartbeatReceived");
    }

    @Test
    void droppedObservations_return410() {
        observed.drop(25);

        var problem = problem(client, URI, 410, "history_compacted");
        assertThat(problem.at("/errors/0/expected").asString()).contains("position 25 or a later point");
        problem(client, URI + "&from=2026-11-23T12:00:15Z", 410, "history_compacted");
        assertThat(entryTexts(ok(client, URI + "&from=2026-11-23T12:00:21Z"))).hasSize(5);
        assertThat(entryTexts(ok(client, URI + "&from=25"))).hasSize(5);
        var last = ok(client, URI + "&order=desc&limit=20");
        assertThat(entryTexts(last)).last().isEqualTo("30 HeartbeatReceived");
        problem(
                client,
                URI + "&order=desc&cursor=" + last.at("/meta/next_cursor").asString(),
                410,
                "history_compacted");
    }

    @Test
    void unfoldedFacts_holdBackLaterObservations() {
        rows.fact(65);

        var answer = ok(client, URI);

        assertThat(answer.at("/meta/position").asLong()).isEqualTo(60);
        assertThat(entryTexts(answer)).last().isEqualTo("60 InstanceRevived");
    }

    @Test
    void history_ofUnknownInstanceOrInvalidInclude_isRefused() {
        problem(client, "/api/v1/services/nobody/history?include=observations", 404, "unknown_instance");
        problem(client, "/api/v1/services/w-1/history?include=everything", 400, "validation_failed");
    }

    private List<String> paged(String uri) {
        var seen = new ArrayList<String>();
        var answer = ok(client, uri);
        seen.addAll(entryTexts(answer));
        while (answer.path("meta").has("next_cursor")) {
            answer =
                    ok(client, uri + "&cursor=" + answer.at("/meta/next_cursor").asString());
            seen.addAll(entryTexts(answer));
        }
        return seen;
    }

    private static List<String> entryTexts(JsonNode answer) {
        return answer.at("/data/entries")
                .valueStream()
                .map(entry -> entry.path("position").asString()
                        + ' '
                        + entry.path("type").asString())
                .toList();
    }
}
