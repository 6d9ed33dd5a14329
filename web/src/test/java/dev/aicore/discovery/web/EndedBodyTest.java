package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class EndedBodyTest {

    private static final int ROOM = 8 << 20;
    private static final int LENGTH = 1 << 20;

    private final IncompleteBodyLimit bodyLimit = new IncompleteBodyLimit(Duration.ofSeconds(5), ROOM, ROOM);

    /** A timer may end a body while its next bytes arrive. */
    @Test
    void bytes_afterEndOfBody_reserveNoMemory() {
        for (int caller = 0; caller < 2 * ROOM / LENGTH; caller++) {
            var ended = begin();
            add(ended);
            ended.end();
            add(ended);
        }
        assertThat(add(begin()).bytes()).hasSize(LENGTH);
    }

    private IncompleteBodyLimit.IncompleteBody begin() {
        return bodyLimit.begin(MockServerHttpRequest.post("/things").build());
    }

    private static IncompleteBodyLimit.IncompleteBody add(IncompleteBodyLimit.IncompleteBody body) {
        return body.add(DefaultDataBufferFactory.sharedInstance.wrap(new byte[LENGTH]), ROOM);
    }
}
