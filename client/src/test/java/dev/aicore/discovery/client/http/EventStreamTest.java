package dev.aicore.discovery.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private static final String TEXT = "\uFEFFevent: snapshot\nid: 7\ndata: {\"é€😀\":\ndata: 1}\n\n: comment\n\n"
            + "event:bookmark\r\ndata:x\r\nunknown: y\r\n\r\nevent: lost\n\ndata: end\n\ndata: cut off";

    private static final List<StreamEvent> EVENTS = List.of(
            new StreamEvent("snapshot", "7", "{\"é€😀\":\n1}"),
            new StreamEvent("bookmark", "7", "x"),
            new StreamEvent("message", "7", "end"));

    /** Returns at most some bytes per read, so that lines and characters are cut anywhere. */
    private static final class ChoppedInput extends InputStream {

        private final InputStream input = new ByteArrayInputStream(TEXT.getBytes(UTF_8));
        private final Random random;

        ChoppedInput(int seed) {
            random = new Random(seed);
        }

        @Override
        public int read() throws IOException {
            return input.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return input.read(buffer, offset, Math.min(length, 1 + random.nextInt(5)));
        }
    }

    @Test
    void events_cutAnywhere_areRead() throws IOException {
        for (int seed = 0; seed < 100; seed++) {
            var events = new ArrayList<StreamEvent>();
            try (var stream = new EventStream(new ChoppedInput(seed), () -> 0)) {
                for (var event = stream.read(); event != null; event = stream.read()) {
                    events.add(event);
                }
            }
            assertThat(events).isEqualTo(EVENTS);
        }
    }

    @Test
    void malformedUtf8_isRefused() {
        var stream = new EventStream(
                new ByteArrayInputStream(new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xC3, '\n', '\n'}), () -> 0);

        assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    }

    @Test
    void endlessLine_isRefused() {
        var endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                Arrays.fill(buffer, offset, offset + length, (byte) 'a');
                return length;
            }
        };

        assertThatThrownBy(new EventStream(endless, () -> 0)::read).hasMessageContaining("exceeds");
    }

    @Test
    void backoff_growsWithJitterAndStaysBounded() {
        var backoff = new Backoff(new Random(1));
        var pauses = new ArrayList<Duration>();
        for (int i = 0; i < 200; i++) {
            pauses.add(backoff.next());
        }
        assertThat(pauses).allMatch(pause -> pause.toMillis() >= 100 && pause.toMillis() <= 10_000);
        assertThat(pauses.get(0)).isLessThan(Duration.ofMillis(301));
        assertThat(pauses.stream().distinct().count()).isGreaterThan(50);
        assertThat(backoff.next(Duration.ofSeconds(30))).isGreaterThan(Duration.ofSeconds(30));
        assertThat(backoff.next(Duration.ofDays(1))).isLessThan(Duration.ofSeconds(62));
        backoff.reset();
        assertThat(backoff.next()).isLessThan(Duration.ofMillis(301));
    }

    @Test
    void nodeWithCredential_isRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> new NodePool(List.of(URI.create("http://user:secret@registry")), new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }
}
