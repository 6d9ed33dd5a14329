package dev.aicore.discovery.query.consistency;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests a database whose clock was an hour ahead when w-1 was registered, and is correct again. */
@Tag("integration")
class ClockAheadTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();
    private final Instant recorded =
            Instant.ofEpochMilli(registry.postgres().number("SELECT (extract(epoch FROM now()) * 1000)::bigint")
                    + Duration.ofHours(1).toMillis());

    @BeforeEach
    void createFutureFact() {
        rows.instance(SampleInstance.of("web", "w-1"), 10);
        rows.version(SampleInstance.of("web", "w-1"), 10, null, null);
        rows.audit(10, "w-1", "web", "InstanceRegistered", "It came.");
        rows.fact(10);
        registry.postgres()
                .execute(
                        "UPDATE models.audit SET at = '" + recorded + "' WHERE position = 10",
                        "UPDATE store.facts SET recorded_at = '" + recorded + "' WHERE position = 10");
        rows.watermark("instances", 10);
        rows.watermark("audit", 10);
        rows.head(10);
        rows.recordedAt(recorded);
    }

    @Test
    void asOfRecordedInstant_afterClockWasAhead_includesWrite() {
        assertThat(ids(ok(client, "/api/v1/services?wait=0s&at=" + recorded))).containsExactly("w-1");
        problem(client, "/api/v1/services?at=" + recorded.plusSeconds(1), 400, "validation_failed");
    }

    @Test
    void asOfNow_afterClockWasAhead_resolvesToStoreHead() {
        assertThat(ids(ok(client, "/api/v1/services?wait=0s&at=-0s"))).containsExactly("w-1");
        problem(client, "/api/v1/services?wait=0s&at=-30m", 410, "history_compacted");
    }

    @Test
    void status_afterClockWasAhead_reportsClockBehind() {
        var store = ok(client, "/api/v1/status").at("/data/store");
        assertThat(store.path("clock_behind_ms").asLong()).isBetween(3_500_000L, 3_600_000L);
        rows.recordedAt(ReadModelRows.AT);
        assertThat(ok(client, "/api/v1/status").at("/data/store").has("clock_behind_ms"))
                .isFalse();
    }
}
