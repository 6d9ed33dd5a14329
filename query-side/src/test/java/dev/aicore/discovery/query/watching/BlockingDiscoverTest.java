package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.query.testing.ApiClient.ids;
import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static dev.aicore.discovery.query.testing.ApiClient.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.testing.SampleInstance;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** Tests discover requests that wait until their own service has changed. */
@Tag("integration")
class BlockingDiscoverTest {

    private static final String URI = "/api/v1/discover?service_name=web";

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final ReadModelRows rows = registry.rows();
    private final WebTestClient client = registry.client();

    @BeforeEach
    void fill() {
        register("web", "a", 3);
        register("db", "d", 4);
        rows.watermark("instances", 6);
    }

    @Test
    void longPoll_withIndexZero_returnsIndexOfServiceAtOnce() {
        var answer = ok(client, URI + "&index=0&wait=30s");

        assertThat(ids(answer)).containsExactly("a");
        assertThat(index(answer)).isEqualTo(3);
        assertThat(answer.path("meta").path("position").asLong()).isEqualTo(6);
        client.get().uri(URI + "&index=0").exchange().expectHeader().valueEquals("X-Registry-Index", "3");
    }

    @Test
    void longPoll_ofMissingService_waitsFromSecondRequest() {
        var nobody = "/api/v1/discover?service_name=nobody&wait=30s&index=";
        long none = index(ok(client, nobody + 0));

        var waiting = CompletableFuture.supplyAsync(() -> ok(client, nobody + none));
        await().until(() -> registry.server().bean(WatchHub.class).watcherCount() == 1);
        register("nobody", "n", 7);
        rows.watermark("instances", 7);

        assertThat(ids(waiting.join())).containsExactly("n");
    }

    @Test
    void longPoll_afterChange_returnsAtOnce() {
        assertThat(index(ok(client, URI + "&index=2&wait=30s"))).isEqualTo(3);
    }

    @Test
    void longPoll_completesOnChangeOfOwnServiceOnly() {
        var waiting = CompletableFuture.supplyAsync(() -> ok(client, URI + "&index=3&wait=30s"));
        await().until(() -> registry.server().bean(WatchHub.class).watcherCount() == 1);

        register("db", "e", 7);
        rows.watermark("instances", 7);
        // A request that waits for this change has seen the watch hub pass it.
        assertThat(index(ok(client, "/api/v1/discover?service_name=db&index=4&wait=30s")))
                .isEqualTo(7);
        assertThat(waiting).isNotDone();

        register("web", "b", 8);
        rows.watermark("instances", 9);
        var answer = waiting.join();
        assertThat(ids(answer)).containsExactlyInAnyOrder("a", "b");
        assertThat(index(answer)).isEqualTo(8);
        await().until(() -> registry.server().bean(WatchHub.class).watcherCount() == 0);
    }

    @Test
    void longPoll_withoutChange_returnsCurrentStateAfterWait() {
        var answer = ok(client, URI + "&index=3&wait=50ms");

        assertThat(ids(answer)).containsExactly("a");
        assertThat(index(answer)).isEqualTo(3);
        assertThat(index(ok(client, URI + "&index=5&wait=0"))).isEqualTo(3);
    }

    @Test
    void discover_withoutIndex_returnsNoIndex() {
        assertThat(ok(client, URI).path("meta").has("index")).isFalse();
    }

    @Test
    void longPoll_withIndexBeyondHead_returns410() {
        problem(client, URI + "&index=7&wait=30s", 410, "other_store");
    }

    @ParameterizedTest
    @CsvSource({"index=-1, index", "index=x, index", "index=3&min_position=3, min_position", "index=3&wait=31s, wait"})
    void invalidParameter_returns400WithField(String query, String field) {
        var problem = problem(client, URI + "&" + query, 400, "validation_failed");

        assertThat(texts(problem.path("errors"), "field")).containsExactly(field);
    }

    private void register(String service, String id, long position) {
        rows.instance(SampleInstance.of(service, id), position);
        rows.version(SampleInstance.of(service, id), position, null, null);
    }

    private static long index(JsonNode answer) {
        return answer.path("meta").path("index").asLong(-1);
    }
}
