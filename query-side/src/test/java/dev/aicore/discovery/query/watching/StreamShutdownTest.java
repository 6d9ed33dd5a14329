package dev.aicore.discovery.query.watching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.SseEventReader;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies that a stopping node ends its streams as complete responses, without waiting for watchers. */
@Tag("integration")
class StreamShutdownTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    @Test
    void stream_onNodeShutdown_ends() throws IOException {
        try (var reader = new SseEventReader(registry.server().address() + "/api/v1/watch?service_name=web", null)) {
            assertThat(reader.next()).isNotNull();

            registry.server().close();

            assertThat(reader.next()).isNull();
        }
    }
}
