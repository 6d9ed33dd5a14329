package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.history.EntryFilter;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SseEventReader;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.QueryParameters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@Tag("integration")
class EventsRouteTest {

    private static final String URI = "/api/v1/events";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();
    private final List<SseEventReader> readers = new ArrayList<>();

    /** Creates facts whose positions are seconds after noon. Position 15 isn't a fact. */
    @BeforeEach
    void createFacts() {
        fact(10, "w-1", "web", "InstanceRegistered");
        fact(20, "d-1", "db", "InstanceRegistered");
        fact(30, "w-1", "web", "InstanceUpdated");
        complete(35);
    }

    @AfterEach
    void closeReaders() {
        readers.forEach(SseEventReader::close);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 10 20 30",
        "from=start, 10 20 30",
        "from=end, ''",
        "from=20, 20 30",
        "from=21, 30",
        "from=2026-11-23T12:00:20Z, 20 30",
        "to=20, 10 20",
        "from=15&to=25, 20",
        "service_name=web, 10 30",
        "service_id=d-1, 20",
        "type=InstanceUpdated, 30",
        "action=register&service_name=web, 10",
    })
    void events_withFilters_returnMatchingFacts(String query, String positions) {
        assertThat(positions(lines(query)).stream().map(String::valueOf).collect(joining(" ")))
                .isEqualTo(positions);
    }

    @Test
    void fact_isReturnedAsStoredWithoutKeyHash() {
        var registered = lines("to=10").getFirst();
        assertThat(registered.path("type").asString()).isEqualTo("InstanceRegistered");
        assertThat(registered.path("at").asString()).isEqualTo("2026-11-23T12:00:10.000Z");
        assertThat(registered.path("revision").asInt()).isEqualTo(1);
        assertThat(registered.path("service_id").asString()).isEqualTo("w-1");
        assertThat(registered.path("data").toString()).isEqualTo("{\"some\":[1,2]}");

        rows.fact(40, "KeyIssued", null, "{\"key_id\":\"k\",\"hash\":\"abc\"}");
        rows.audit(40, "k", "none", "KeyIssued", "A key was issued.");
        complete(45);
        assertThat(lines("from=40").getFirst().path("data").toString()).isEqualTo("{\"key_id\":\"k\"}");
    }

    @Test
    void pageOfLargeFacts_endsAfterItsBytes() {
        var large = "{\"content\":\"" + "x".repeat(700_000) + "\"}";
        for (int position = 40; position < 45; position++) {
            rows.fact(position, "ConfigurationStored", null, large);
        }
        complete(45);
        var all =
                EntryFilter.of(QueryParameters.of(MockServerHttpRequest.get(URI).build()));

        var page = Objects.requireNonNull(new FactPageReader(registry.server().bean(Database.class))
                        .page(all, 30, 500)
                        .block())
                .rows();

        assertThat(page.facts()).extracting(FactPageReader.StoredFact::position).containsExactly(40L, 41L);
        assertThat(page.full()).isTrue();
    }

    @Test
    void stream_sendsPastFactsThenCaughtUpThenNewFacts() throws IOException {
        var reader = read("", null);
        assertThat(List.of(next(reader), next(reader), next(reader))).containsExactly("fact 10", "fact 20", "fact 30");
        assertThat(next(reader)).isEqualTo("caught-up 35");

        fact(50, "w-1", "web", "InstanceDeregistered");
        complete(55);
        assertThat(next(reader)).isEqualTo("fact 50");
        fact(60, "d-1", "db", "InstanceDeregistered");
        complete(60);
        assertThat(next(reader)).isEqualTo("fact 60");
    }

    @Test
    void stream_withLastEventId_resumesAfterEvent() throws IOException {
        assertThat(next(read("?from=10", "20"))).isEqualTo("fact 30");
        assertThat(next(read("", "35"))).isEqualTo("caught-up 35");
        var ended = read("?follow=false", "20");
        assertThat(List.of(next(ended), next(ended))).containsExactly("fact 30", "caught-up 35");
        assertThat(ended.next()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | text/event-stream",
                "text/event-stream;q=0.9, application/x-ndjson;q=0.8 | text/event-stream",
                "text/html, */*;q=0.1 | text/event-stream",
                "application/x-ndjson | application/x-ndjson",
                "application/x-ndjson, */*;q=0.1 | application/x-ndjson",
                "application/x-ndjson;q=0.9, text/event-stream;q=0.8 | application/x-ndjson"
            })
    void acceptHeader_selectsEventStreamOrLines(String accept, String type) {
        client.get()
                .uri(URI + "?follow=false")
                .header("Accept", accept)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(type);
    }

    @Test
    void events_withoutAcceptHeader_areEventStream() {
        client.get().uri(URI + "?follow=false").exchange().expectHeader().contentType(MediaType.TEXT_EVENT_STREAM);
        client.get()
                .uri(URI + "?follow=false")
                .header("Accept", "application/json")
                .exchange()
                .expectStatus()
                .isEqualTo(406);
    }

    @Test
    void lines_withLastEventId_resumeAfterEvent() {
        assertThat(positions(lines("from=10", "20"))).containsExactly(30L);
        assertThat(positions(lines("", "30"))).isEmpty();
    }

    /**
     * The facts at 5 and 25 are only in the store: the audit ignores the type of the first and couldn't fold the
     * second.
     */
    @Test
    void unfilteredEvents_includeFactsMissingFromAudit() {
        rows.fact(5, "ShardOpened", null, "{}");
        rows.fact(25, "InstanceUpdated", "w-1", "{}");

        assertThat(positions(lines(""))).containsExactly(5L, 10L, 20L, 25L, 30L);
        assertThat(positions(lines("from=2026-11-23T12:00:05Z"))).containsExactly(5L, 10L, 20L, 25L, 30L);
        assertThat(positions(lines("from=2026-11-23T12:00:05.001Z"))).containsExactly(10L, 20L, 25L, 30L);
        assertThat(positions(lines("from=2026-11-23T12:00:21Z"))).containsExactly(25L, 30L);
        assertThat(positions(lines("from=2026-11-23T12:00:26Z"))).containsExactly(30L);
        assertThat(positions(lines("to=2026-11-23T12:00:05Z"))).containsExactly(5L);
        assertThat(positions(lines("to=2026-11-23T12:00:25Z"))).containsExactly(5L, 10L, 20L, 25L);
        assertThat(positions(lines("service_name=web"))).containsExactly(10L, 30L);
        assertThat(positions(lines("type=InstanceUpdated"))).containsExactly(30L);
    }

    @Test
    void longHistory_isReturnedWithoutGapsOrDuplicates() {
        for (int i = 0; i < 1_100; i++) {
            fact(100 + i, "w-1", "web", "InstanceUpdated");
        }
        complete(1_199);
        fact(1_300, "w-1", "web", "InstanceUpdated");

        assertThat(positions(lines("from=100"))).hasSize(1_100).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void events_fromPositionBeyondHead_areRefused() {
        assertThat(lines("from=36")).isEmpty();
        client.get()
                .uri(URI + "?from=37")
                .accept(MediaType.APPLICATION_NDJSON)
                .exchange()
                .expectStatus()
                .isEqualTo(410);
        assertThat(read("", "36").response().statusCode()).isEqualTo(410);
        assertThat(read("", "x").response().statusCode()).isEqualTo(400);
        problem(client, URI + "?from=never", 400, "validation_failed");
    }

    @Test
    void streams_beyondLimit_return503() throws IOException {
        for (int i = 0; i < 64; i++) {
            assertThat(next(read("?from=end", null))).isEqualTo("caught-up 35");
        }
        assertThat(read("?from=end", null).response().statusCode()).isEqualTo(503);
    }

    private void fact(long position, String id, String service, String type) {
        rows.fact(position, type, id, "{\"some\":[1,2]}");
        rows.audit(position, id, service, type, "It happened.");
    }

    private void complete(long position) {
        rows.watermark("audit", position);
        rows.head(position);
    }

    private SseEventReader read(String query, @Nullable String lastEvent) {
        var reader = new SseEventReader(registry.server().address() + URI + query, lastEvent);
        readers.add(reader);
        return reader;
    }

    private static String next(SseEventReader reader) throws IOException {
        var event = Objects.requireNonNull(reader.next());
        return event.name() + " " + event.id();
    }

    private static List<Long> positions(List<JsonNode> facts) {
        return facts.stream().map(fact -> fact.path("position").asLong()).toList();
    }

    private List<JsonNode> lines(String query) {
        return lines(query, null);
    }

    private List<JsonNode> lines(String query, @Nullable String lastEvent) {
        var body = client.get()
                .uri(URI + "?" + query)
                .accept(MediaType.APPLICATION_NDJSON)
                .headers(headers -> headers.set("Last-Event-ID", lastEvent))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody();
        return body == null
                ? List.of()
                : new String(body, UTF_8)
                        .lines()
                        .map(line -> ApiJson.mapper().readTree(line))
                        .toList();
    }
}
