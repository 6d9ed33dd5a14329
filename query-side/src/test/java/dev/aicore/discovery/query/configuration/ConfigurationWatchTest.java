package dev.aicore.discovery.query.configuration;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.query.testing.SseEventReader;
import dev.aicore.discovery.query.testing.SseEventReader.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests long polls and streams of configurations. */
@Tag("integration")
class ConfigurationWatchTest extends ConfigurationRoutesFixture {

    private final List<SseEventReader> readers = new ArrayList<>();

    @AfterEach
    void closeReaders() {
        readers.forEach(SseEventReader::close);
    }

    @Test
    void longPoll_completesOnOwnChangeOnly() throws Exception {
        assertThat(ok(client, URI + "?index=39&wait=20s").at("/meta/index").asLong())
                .isEqualTo(40);
        var waiting = CompletableFuture.supplyAsync(() -> ok(client, URI + "?index=40&wait=20s"));
        rows.configuration("billing", 1, 60, "{}");
        rows.watermark("configurations", 65);
        await().until(() -> ok(client, "/api/v1/configurations/billing?index=59&wait=20s")
                        .at("/meta/position")
                        .asLong()
                >= 65);
        assertThat(waiting).isNotDone();

        rows.configuration("orders", 4, 70, "{\"pool\":{}}");
        rows.watermark("configurations", 75);

        var answer = waiting.get(30, TimeUnit.SECONDS);
        assertThat(answer.at("/data/version").asInt()).isEqualTo(4);
        assertThat(answer.at("/meta/index").asLong()).isEqualTo(70);
    }

    @Test
    void longPoll_ofMissingConfiguration_returnsFirstVersion() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> ok(client, "/api/v1/configurations/coming?index=0&wait=20s"));
        rows.configuration("coming", 1, 80, "{\"here\":true}");
        rows.watermark("configurations", 80);

        assertThat(waiting.get(30, TimeUnit.SECONDS)
                        .at("/data/configuration/here")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void longPoll_afterTimeout_returnsCurrentState() {
        assertThat(ok(client, URI + "?index=40&wait=100ms").at("/meta/index").asLong())
                .isEqualTo(40);
        problem(client, "/api/v1/configurations/gone?index=25&wait=100ms", 404, "unknown_configuration");
        problem(client, URI + "?index=900000&wait=1s", 410, "other_store");
        problem(client, URI + "?index=1&min_position=1", 400, "validation_failed");
    }

    @Test
    void watch_sendsSnapshotThenOwnChanges() throws IOException {
        var reader = watch(null);
        var snapshot = next(reader);
        assertThat(reader.response().headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(snapshot.name()).isEqualTo("snapshot");
        assertThat(snapshot.id()).isEqualTo(50);
        assertThat(snapshot.data().at("/configuration/version").asInt()).isEqualTo(3);

        rows.configuration("billing", 1, 55, "{}");
        rows.configuration("orders", 4, 60, "{\"a\":4}");
        rows.configuration("orders", 4, 61, null);
        rows.watermark("configurations", 61);

        assertThat(List.of(next(reader), next(reader)))
                .extracting(event -> event.name() + " " + event.id() + " "
                        + event.data().path("type").asString() + " " + content(event.data()))
                .containsExactly("change 60 changed {\"a\":4}", "change 61 deleted ");
    }

    @Test
    void watch_afterReconnect_sendsEachChangeOnceInOrder() throws IOException {
        for (int version = 4; version <= 103; version++) {
            rows.configuration("orders", version, 50 + version, "{\"v\":" + version + "}");
        }
        rows.watermark("configurations", 160);
        var positions = new ArrayList<Long>();
        String last = "0";
        while (positions.size() < 104) {
            var reader = watch(last);
            for (int i = 0; i < 33 && positions.size() < 104; i++) {
                var event = next(reader);
                assertThat(event.name()).isEqualTo("change");
                positions.add(event.id());
                last = Long.toString(event.id());
            }
        }
        assertThat(positions)
                .startsWith(10L, 20L, 30L, 40L, 54L)
                .endsWith(153L)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(next(watch("160")).name()).isEqualTo("bookmark");
    }

    private static String content(JsonNode change) {
        return change.has("configuration")
                ? change.at("/configuration/configuration").toString()
                : "";
    }

    private SseEventReader watch(@Nullable String lastEventId) {
        var reader = new SseEventReader(registry.server().address() + URI, lastEventId);
        readers.add(reader);
        return reader;
    }

    private static Event next(SseEventReader reader) throws IOException {
        return Objects.requireNonNull(reader.next());
    }
}
