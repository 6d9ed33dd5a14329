package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.query.testing.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.query.testing.SseEventReader;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies that streams continue beyond the timeout of other responses, and end when their readers do. */
@Tag("integration")
class LongWatchTest {

    @RegisterExtension
    static final QueryFixture registry = QueryFixture.with(
            "--service-discovery.server.request-timeout=1s", "--service-discovery.server.idle-timeout=1s");

    @Test
    void stream_beyondRequestTimeout_continues() throws IOException {
        registry.rows().watermark("instances", 1);
        try (var reader = new SseEventReader(registry.server().address() + "/api/v1/watch?service_name=web", null)) {
            assertThat(reader.next()).isNotNull();

            // Requested later, so its deadline passes after that of the stream.
            problem(registry.client(), "/api/v1/discover?service_name=web&index=1&wait=30s", 503, "timed_out");

            registry.rows().version(SampleInstance.of("web", "a"), 2, null, null);
            registry.rows().watermark("instances", 2);
            assertThatCode(() -> assertThat(
                                    Objects.requireNonNull(reader.next()).id())
                            .isEqualTo(2))
                    .doesNotThrowAnyException();
        }
        await().until(() -> registry.server().bean(WatchHub.class).watcherCount() == 0);
    }
}
