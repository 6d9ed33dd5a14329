package dev.aicore.discovery.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Tests queries that curl and browsers send as typed. */
@Tag("integration")
class LenientQueryHandlerTest {

    private final DisposableServer server = LenientQueryHandler.installOn(
                    HttpServer.create().host("127.0.0.1").port(0))
            .handle((request, response) -> response.sendString(Mono.just("[" + request.uri() + "]")))
            .bindNow();

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "/d?version=^1.2&tag={a}, /d?version=%5E1.2&tag=%7Ba%7D",
                "/d?version=>=1||<\\2, /d?version=%3E=1%7C%7C%3C%5C2",
                "/d?q=\"`, /d?q=%22%60",
                "/d?version=%5E1.2&x=a+b&y=[c], /d?version=%5E1.2&x=a+b&y=[c]",
                "/d, /d"
            })
    void query_withReservedCharacters_isPercentEncoded(String sent, String taken) throws IOException {
        assertThat(answer(sent)).contains("[" + taken + "]");
    }

    @ParameterizedTest
    @CsvSource({"/d^", "/{d}?version=1"})
    void path_withReservedCharacters_isNotEncoded(String sent) throws IOException {
        assertThat(answer(sent)).doesNotContain("%");
    }

    private String answer(String target) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
