package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.query.testing.SseEventReader;
import dev.aicore.discovery.query.testing.SseEventReader.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the events that a watcher receives over HTTP as the tables grow. */
@Tag("integration")
class WatchRouteTest {

    private static final String WATCH = "/api/v1/watch?service_name=web";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final List<SseEventReader> readers = new ArrayList<>();

    @AfterEach
    void closeReaders() {
        readers.forEach(SseEventReader::close);
        await().until(() -> registry.server().bean(WatchHub.class).watcherCount() == 0);
    }

    @Test
    void watch_sendsSnapshotThenChangesOfService() throws IOException {
        rows.instance(SampleInstance.of("web", "a"), 3);
        rows.version(SampleInstance.of("web", "a"), 3, null, null);
        rows.watermark("instances", 4);
        var reader = watch(WATCH, null);

        var snapshot = next(reader);
        assertThat(reader.response().headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(snapshot.name()).isEqualTo("snapshot");
        assertThat(snapshot.id()).isEqualTo(4);
        assertThat(snapshot.data().path("service_name").asString()).isEqualTo("web");
        assertThat(snapshot.data().path("position").asLong()).isEqualTo(4);
        assertThat(texts(snapshot.data().path("services"), "id")).containsExactly("a");

        rows.version(SampleInstance.of("web", "b"), 5, 7L, null);
        rows.version(SampleInstance.of("db", "d"), 6, null, null);
        rows.version(SampleInstance.of("web", "b").health(HealthState.UNHEALTHY), 7, 8L, null);
        rows.version(SampleInstance.of("web", "b"), 8, 9L, "removed");
        rows.version(SampleInstance.of("web", "b"), 9, null, null);
        rows.watermark("instances", 9);

        assertThat(List.of(next(reader), next(reader), next(reader), next(reader)))
                .allSatisfy(event -> {
                    assertThat(event.name()).isEqualTo("change");
                    assertThat(event.data().path("position").asLong()).isEqualTo(event.id());
                    assertThat(event.data().path("id").asString()).isEqualTo("b");
                    assertThat(event.data().path("at").asString())
                            .isEqualTo("2026-11-23T12:00:0" + event.id() + ".000Z");
                })
                .extracting(
                        event -> event.id() + " " + event.data().path("type").asString() + " "
                                + event.data().at("/instance/status").asString("") + " "
                                + event.data().path("reason").asString(""))
                .containsExactly(
                        "5 registered healthy ", "7 changed unhealthy ", "8 gone  removed", "9 registered healthy ");
    }

    @Test
    void snapshot_whenTablesAreAhead_reflectsWatermark() throws IOException {
        rows.instance(SampleInstance.of("web", "same"), 2);
        rows.version(SampleInstance.of("web", "same"), 2, null, null);
        rows.instance(SampleInstance.of("web", "ill").health(HealthState.UNHEALTHY), 12);
        rows.version(SampleInstance.of("web", "ill"), 3, 12L, null);
        rows.version(SampleInstance.of("web", "ill").health(HealthState.UNHEALTHY), 12, null, null);
        rows.version(SampleInstance.of("web", "left"), 4, 13L, null);
        rows.version(SampleInstance.of("web", "left"), 13, null, "deregistered");
        rows.version(SampleInstance.of("web", "back"), 5, 6L, null);
        rows.version(SampleInstance.of("web", "back"), 6, 14L, "removed");
        rows.version(SampleInstance.of("web", "back"), 14, null, null);
        rows.instance(SampleInstance.of("web", "back"), 14);
        rows.instance(SampleInstance.of("web", "new"), 15);
        rows.version(SampleInstance.of("web", "new"), 15, null, null);
        rows.watermark("instances", 10);

        var services = next(watch(WATCH, null)).data().path("services");

        assertThat(texts(services, "id")).containsExactly("ill", "left", "same");
        assertThat(texts(services, "status")).containsOnly("healthy");
    }

    @Test
    void watch_afterReconnect_sendsEachChangeOnceInOrder() throws IOException {
        history(1_000);
        var positions = new ArrayList<Long>();
        String last = "0";
        while (positions.size() < 1_000) {
            var reader = watch(WATCH, last);
            for (int i = 0; i < 333 && positions.size() < 1_000; i++) {
                var event = next(reader);
                assertThat(event.name()).isEqualTo("change");
                positions.add(event.id());
                last = Long.toString(event.id());
            }
        }

        assertThat(positions).isEqualTo(LongStream.rangeClosed(1, 1_000).boxed().toList());
    }

    @Test
    void watch_withLastEventIdParameter_resumes() throws IOException {
        history(20);

        assertThat(next(watch(WATCH + "&last_event_id=7", null)).id()).isEqualTo(8);
        assertThat(next(watch(WATCH + "&last_event_id=7", "12")).id()).isEqualTo(13);
        var nothingNew = next(watch(WATCH, "20"));
        assertThat(nothingNew.name()).isEqualTo("bookmark");
        assertThat(nothingNew.id()).isEqualTo(20);
        assertThat(nothingNew.data().path("position").asLong()).isEqualTo(20);
    }

    @Test
    void watchOfServices_sendsSnapshotOfEachThenChangesOfAll() throws IOException {
        rows.instance(SampleInstance.of("web", "a"), 3);
        rows.version(SampleInstance.of("web", "a"), 3, null, null);
        rows.watermark("instances", 4);
        var reader = watch(WATCH + "&service_name=db&service_name=web", null);

        var snapshots = List.of(next(reader), next(reader));
        assertThat(snapshots)
                .extracting(event ->
                        event.name() + " " + event.data().path("service_name").asString() + " " + event.id())
                .containsExactly("snapshot web 4", "snapshot db 4");
        assertThat(snapshots.getFirst().data().at("/panic_threshold").asDouble())
                .isEqualTo(0.3);

        rows.version(SampleInstance.of("db", "d"), 5, null, null);
        rows.version(SampleInstance.of("web", "b"), 6, null, null);
        rows.version(SampleInstance.of("other", "o"), 7, null, null);
        rows.watermark("instances", 8);

        assertThat(List.of(next(reader), next(reader)))
                .extracting(event ->
                        event.name() + " " + event.data().path("service_name").asString() + " " + event.id())
                .containsExactly("change db 5", "change web 6");

        var resumed = watch(WATCH + "&service_name=db&service_name=other&snapshot_of=other", "5");
        assertThat(List.of(next(resumed), next(resumed)))
                .extracting(event ->
                        event.name() + " " + event.data().path("service_name").asString() + " " + event.id())
                .containsExactly("change web 6", "snapshot other 8");
    }

    @Test
    void filteredWatch_sendsMatchingInstancesAndGoneOnceTheyDontMatch() throws IOException {
        var web = SampleInstance.of("web", "a").version("1.2.0").zone("north").tags("blue");
        var other = SampleInstance.of("web", "b").version("2.0.0").zone("north").tags("blue");
        rows.instance(web, 1);
        rows.version(web, 1, 6L, null);
        rows.instance(other, 2);
        rows.version(other, 2, 4L, null);
        rows.watermark("instances", 3);
        var reader = watch(WATCH + "&version=%5E1.2&zone=north&tag=blue", null);
        assertThat(texts(next(reader).data().path("services"), "id")).containsExactly("a");

        rows.version(other.version("2.0.1"), 4, 5L, null);
        rows.version(other.version("1.9.0"), 5, 7L, null);
        rows.version(web.zone("south"), 6, null, null);
        rows.version(other.version("1.9.0").tags("green"), 7, 8L, null);
        rows.version(other.version("1.9.0"), 8, null, "deregistered");
        rows.watermark("instances", 8);

        assertThat(List.of(next(reader), next(reader), next(reader), next(reader)))
                .extracting(
                        event -> event.id() + " " + event.data().path("type").asString() + " "
                                + event.data().path("id").asString() + " "
                                + event.data().path("reason").asString(""))
                .containsExactly("5 changed b ", "6 gone a filtered", "7 gone b filtered", "8 gone b deregistered");
    }

    @Test
    void watchOfTooManyServices_returns400() {
        var query = IntStream.rangeClosed(0, WatchStart.MAX_SERVICES)
                .mapToObj(number -> "service_name=s" + number)
                .collect(Collectors.joining("&"));

        var problem = problem(registry.client(), "/api/v1/watch?" + query, 400, "validation_failed");

        assertThat(problem.path("errors").get(0).path("expected").asString()).isEqualTo("at most 200 times");
    }

    @Test
    void lateChangeAtLowerPosition_isNotSkipped() throws IOException {
        rows.watermark("instances", 1);
        var reader = watch(WATCH, null);
        assertThat(next(reader).id()).isEqualTo(1);

        rows.version(SampleInstance.of("web", "quick"), 5, null, null);
        rows.watermark("instances", 3);
        rows.version(SampleInstance.of("web", "slow"), 4, null, null);
        rows.watermark("instances", 5);

        assertThat(List.of(next(reader).id(), next(reader).id())).containsExactly(4L, 5L);
    }

    @Test
    void watch_ofUnknownService_sendsFirstRegistration() throws IOException {
        rows.watermark("instances", 2);
        var reader = watch("/api/v1/watch?service_name=coming", null);
        assertThat(next(reader).data().path("services")).isEmpty();

        rows.version(SampleInstance.of("coming", "c"), 3, null, null);
        rows.watermark("instances", 3);

        assertThat(next(reader).data().path("type").asString()).isEqualTo("registered");
    }

    @Test
    void watch_withLastEventIdBeyondHead_returns410() {
        rows.watermark("instances", 20);

        var problem = problem(registry.client(), WATCH + "&last_event_id=21", 410, "other_store");

        assertThat(texts(problem.path("errors"), "field")).containsExactly("last_event_id");
        assertThat(problem.path("errors").get(0).path("expected").asString()).contains("20");
    }

    @ParameterizedTest
    @CsvSource({
        "last_event_id=1, service_name, validation_failed",
        "service_name=-web, service_name, validation_failed",
        "service_name=web&last_event_id=-1, last_event_id, validation_failed",
        "service_name=web&last_event_id=x, last_event_id, validation_failed",
        "service_name=web&service_name=-, service_name, validation_failed",
        "service_name=web&last_event_id=1&snapshot_of=db, snapshot_of, validation_failed",
        "service_name=web&tag=, tag, validation_failed",
        "service_name=web&version=*-, version, validation_failed",
        "service_name=web&status=x, status, unknown_parameter"
    })
    void invalidParameter_returns400WithField(String query, String field, String code) {
        var problem = problem(registry.client(), "/api/v1/watch?" + query, 400, code);

        assertThat(texts(problem.path("errors"), "field")).containsExactly(field);
    }

    @Test
    void invalidLastEventIdHeader_returns400WithField() {
        registry.client()
                .get()
                .uri(WATCH)
                .header("Last-Event-ID", "yesterday")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("Last-Event-ID");
    }

    /** Creates one instance that changes continuously. */
    private void history(long changes) {
        for (long position = 1; position <= changes; position++) {
            rows.version(
                    SampleInstance.of("web", "a").weight((int) position),
                    position,
                    position == changes ? null : position + 1,
                    null);
        }
        rows.watermark("instances", changes);
    }

    private SseEventReader watch(String path, @Nullable String lastEventId) {
        var reader = new SseEventReader(registry.server().address() + path, lastEventId);
        readers.add(reader);
        return reader;
    }

    private static Event next(SseEventReader reader) throws IOException {
        return Objects.requireNonNull(reader.next());
    }
}
