package dev.aicore.discovery.query.discovery.counts;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.StandingTimeConfiguration;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.discovery.DiscoveryCount;
import dev.aicore.discovery.readmodel.discovery.DiscoveryCountRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Tests the list of discoveries. Position 20 was recorded 20 s after noon. */
@Tag("integration")
class DiscoveryHistoryRouteTest {

    private static final Instant NOON = ReadModelRows.AT;
    private static final String ROUTE = "/api/v1/services/web/discoveries";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture(StandingTimeConfiguration.class);

    private final Database database = registry.server().bean(Database.class);
    private final DiscoveryCountRows one = new DiscoveryCountRows(database, "one");
    private final DiscoveryCountRows other = new DiscoveryCountRows(database, "other");

    @BeforeEach
    void createCounts() {
        var rows = registry.rows();
        rows.fact(5);
        rows.fact(29);
        rows.head(200);
        rows.watermark("instances", 200);
        rows.watermark("audit", 200);
        add(one, NOON, new DiscoveryCount(NOON, "ann", "web", 3, 4, 6), new DiscoveryCount(NOON, "ann", "db", 1, 4, 4));
        add(
                other,
                NOON,
                new DiscoveryCount(NOON, "ann", "web", 2, 5, 9),
                new DiscoveryCount(NOON, "bob", "web", 1, 5, 5));
        var later = NOON.plusSeconds(120);
        add(one, later, new DiscoveryCount(later, "ann", "web", 7, 20, 30));
    }

    @Test
    void discoveries_areSummedOverNodes_newestFirst() {
        var answer = ok(registry.client(), ROUTE);

        assertThat(answer.at("/data/service_name").asString()).isEqualTo("web");
        assertThat(lines(answer)).containsExactly("12:02 ann 7 20 30", "12:00 ann 5 4 9", "12:00 bob 1 5 5");
        assertThat(lines(ok(registry.client(), "/api/v1/services/none/discoveries")))
                .isEmpty();
    }

    @Test
    void discoveries_asOfMoment_beginWithItsMinute() {
        assertThat(lines(ok(registry.client(), ROUTE + "?at=2026-11-23T12:01:59Z&principal=ann")))
                .containsExactly("12:00 ann 5 4 9");
        assertThat(lines(ok(registry.client(), ROUTE + "?at=2026-11-23T12:02:00Z&principal=ann&limit=1")))
                .containsExactly("12:02 ann 7 20 30");
        assertThat(lines(ok(registry.client(), ROUTE + "?at=20&principal=ann&limit=1")))
                .containsExactly("12:02 ann 7 20 30");
        assertThat(lines(ok(registry.client(), ROUTE + "?at=19")))
                .containsExactly("12:00 ann 5 4 9", "12:00 bob 1 5 5");
    }

    @Test
    void pages_followEachOther() {
        var lines = new ArrayList<String>();
        var next = "";
        do {
            var page = ok(registry.client(), ROUTE + "?limit=1" + next);
            assertThat(lines(page)).hasSize(1);
            lines.addAll(lines(page));
            var cursor = page.at("/meta/next_cursor");
            next = cursor.isMissingNode() ? "" : "&cursor=" + cursor.asString();
        } while (!next.isEmpty());

        assertThat(lines).containsExactly("12:02 ann 7 20 30", "12:00 ann 5 4 9", "12:00 bob 1 5 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?principal=",
                "?principal=%00",
                "?cursor=x",
                "?cursor=MTIK%00",
                "?cursor=LTEKYQ",
                "?at=never"
            })
    void invalidParameters_areRefused(String query) {
        problem(registry.client(), ROUTE + query, 400, "validation_failed");
    }

    @Test
    void invalidName_isRefused() {
        problem(registry.client(), "/api/v1/services/-/discoveries", 400, "validation_failed");
    }

    private static void add(DiscoveryCountRows node, Instant minute, DiscoveryCount... counts) {
        assertThat(counts).extracting(DiscoveryCount::minute).containsOnly(minute);
        node.add(List.of(counts)).block(Duration.ofSeconds(30));
    }

    private static List<String> lines(JsonNode answer) {
        return StreamSupport.stream(answer.at("/data/discoveries").spliterator(), false)
                .map(row -> String.join(
                        " ",
                        row.path("minute").asString().substring(11, 16),
                        row.path("principal").asString(),
                        row.path("answers").asString(),
                        row.path("first_position").asString(),
                        row.path("last_position").asString()))
                .toList();
    }
}
