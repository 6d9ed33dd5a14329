package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseParserTest {

    private static final String SIZED = "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{\"failed\":0}";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nA;x=y\r\n{\"failed\":\r\n2\r\n0}\r\n0\r\nX: y\r\n\r\n";
    private static final String EMPTY = "HTTP/1.1 204 No Content\r\nDate: today\r\n\r\n";

    private final HttpResponseParser httpResponseParser = new HttpResponseParser(new byte[0]);

    @ParameterizedTest
    @ValueSource(strings = {SIZED, CHUNKED, EMPTY})
    void response_isCompleteWithLastByte(String text) {
        httpResponseParser.begin();
        for (int i = 0; i < text.length() - 1; i++) {
            assertThat(httpResponseParser.take(bytes(text.substring(i, i + 1)))).isFalse();
        }

        assertThat(httpResponseParser.take(bytes(text.substring(text.length() - 1))))
                .isTrue();
        assertThat(httpResponseParser.isGood()).isTrue();
        assertThat(httpResponseParser.isLast()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {SIZED, CHUNKED})
    void response_leavesFollowingBytes(String text) {
        var bytes = bytes(text + "HTTP");
        httpResponseParser.begin();

        assertThat(httpResponseParser.take(bytes)).isTrue();
        assertThat(bytes.remaining()).isEqualTo(4);
    }

    @Test
    void response_withErrorStatus_isNotGood() {
        httpResponseParser.begin();

        assertThat(httpResponseParser.take(
                        bytes("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")))
                .isTrue();
        assertThat(httpResponseParser.isGood()).isFalse();
        assertThat(httpResponseParser.isLast()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {SIZED, CHUNKED})
    void response_withoutMark_isNotGood(String text) {
        assertThat(isGood("\"failed\":0", text)).isTrue();
        assertThat(isGood("\"failed\":1", text)).isFalse();
    }

    @Test
    void begin_clearsPreviousResponse() {
        var marked = new HttpResponseParser(bytes("failed").array());
        marked.begin();
        marked.take(bytes(SIZED));
        marked.begin();
        marked.take(bytes(EMPTY));

        assertThat(marked.isGood()).isFalse();
    }

    private static boolean isGood(String mark, String text) {
        var marked = new HttpResponseParser(bytes(mark).array());
        marked.begin();
        assertThat(marked.take(bytes(text))).isTrue();
        return marked.isGood();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }
}
