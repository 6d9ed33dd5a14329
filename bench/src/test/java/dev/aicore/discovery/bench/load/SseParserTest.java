package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {

    private static final String STREAM = """
            event: snapshot
            id: 2050
            data: {"services": "%s"}

            : a comment of whatever kind
            event: change
            id: 2061
            data: {"id": "ü"}

            event:bookmark
            id:2090
            data:

            """.formatted("x".repeat(10_000));

    private final List<String> told = new ArrayList<>();
    private final SseParser sseParser = new SseParser((name, id) -> told.add(name + " " + id));

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void events_inAnyChunking_areReportedOnce(int piece) {
        take(STREAM, piece);

        assertThat(told).containsExactly("snapshot 2050", "change 2061", "bookmark 2090");
    }

    @Test
    void events_withCrLf_areReported() {
        take(STREAM.replace("\n", "\r\n"), 3);

        assertThat(told).containsExactly("snapshot 2050", "change 2061", "bookmark 2090");
    }

    @Test
    void incompleteEvent_isNotReported() {
        take("event: change\nid: 1\ndata: {}\n", 100);
        assertThat(told).isEmpty();

        take("\n", 1);
        assertThat(told).containsExactly("change 1");
    }

    @Test
    void eventWithoutData_updatesIdOnly() {
        take("event: change\nid: 5\n\ndata: {}\n\n", 100);

        assertThat(told).containsExactly("message 5");
    }

    @Test
    void events_inChunkedResponse_areReported() {
        var httpResponseParser = new HttpResponseParser(sseParser);
        httpResponseParser.begin();
        var text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunk("event: change\nid: 1")
                + chunk("7\ndata: {}\n\nevent: change\nid: 18\ndata: {}\n\n");

        for (var bytes : pieces(text, 5)) {
            assertThat(httpResponseParser.take(bytes)).isFalse();
        }
        assertThat(told).containsExactly("change 17", "change 18");
        assertThat(httpResponseParser.take(ByteBuffer.wrap("0\r\n\r\n".getBytes(UTF_8))))
                .isTrue();
    }

    @Test
    void errorResponse_reportsNoEvents() {
        var httpResponseParser = new HttpResponseParser(sseParser);
        httpResponseParser.begin();

        assertThat(httpResponseParser.take(ByteBuffer.wrap(
                        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 10\r\n\r\ndata: {}\n\n".getBytes(UTF_8))))
                .isTrue();
        assertThat(told).isEmpty();
    }

    private void take(String text, int piece) {
        pieces(text, piece).forEach(sseParser::take);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static List<ByteBuffer> pieces(String text, int piece) {
        var bytes = text.getBytes(UTF_8);
        var pieces = new ArrayList<ByteBuffer>();
        for (int at = 0; at < bytes.length; at += piece) {
            pieces.add(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
        }
        return pieces;
    }
}
