package dev.aicore.discovery.query.watching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.SseEventReader;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies that a stopping node announces the end of its streams, and ends them without waiting for watchers. */
@Tag("integration")
class StreamShutdownTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    @Test
    void stream_onNodeShutdown_isAnnouncedAndEnds() throws IOException {
        try (var reader = new SseEventReader(registry.server().address() + "/api/v1/watch?service_name=web", null)) {
            var snapshot = Objects.requireNonNull(reader.next());

            registry.server().close();

            var leaving = Objects.requireNonNull(reader.next());
            assertThat(leaving.name()).isEqualTo("leaving");
            assertThat(leaving.id()).isEqualTo(snapshot.id());
            assertThat(leaving.data().path("position").asLong()).isEqualTo(snapshot.id());
            assertThat(leaving.data().path("reconnect_after_ms").asLong()).isBetween(0L, 2_000L);
            assertThat(reader.next()).isNull();
        }
    }
}
