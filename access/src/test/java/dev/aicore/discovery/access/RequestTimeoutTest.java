package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Tests requests that don't complete, routes that don't complete, and answers that no one reads. Each wait ends because
 * the server closes the connection.
 */
@SpringBootTest(
        classes = {TestServer.class, LargeResponseController.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "service-discovery.server.receive-timeout=1s",
            "service-discovery.server.request-timeout=2s"
        })
class RequestTimeoutTest {
    private static final int PATIENCE_MILLIS = 60_000;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100", "Transfer-Encoding: chunked"})
    void missingBody_afterReceiveTimeout_returns408AndClosesConnection(String length) throws IOException {
        String answer = responseUntilClose(
                "POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 408 ")
                .contains("application/problem+json", "\"code\":\"request_timeout\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /thi",
                "GET /things HTTP/1.1\r\nHost: local",
                "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nab"
            })
    void incompleteRequest_afterReceiveTimeout_losesConnection(String begun) throws IOException {
        assertThat(responseUntilClose(begun)).doesNotContain("HTTP/1.1 200");
    }

    @Test
    void reusedConnection_staysOpen() throws IOException {
        try (Socket socket = connect()) {
            for (int request = 0; request < 3; request++) {
                write(socket, "GET /things/" + request + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
                skipRest(socket, "\"at\":\"2026-11-23T12:00:00.500Z\"}}");
            }
        }
    }

    @Test
    void hangingRoute_afterRequestTimeout_returns503() throws IOException {
        String answer =
                responseUntilClose("GET /things/hanging HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 503 ")
                .contains("\"code\":\"timed_out\"")
                .containsIgnoringCase("Retry-After: 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET " + TestHotRoute.PATH + " HTTP/1.1\r\n",
                "GET " + TestHotRoute.PATH + " HTTP/1.1\r\nX-Reason: later\r\n",
                "GET " + LargeResponseController.PATH + " HTTP/1.1\r\n"
            })
    void unreadResponse_losesConnection(String request) throws IOException {
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            await().until(() -> LargeResponseController.isConnected(socket));
            write(socket, request + "Host: localhost\r\n\r\n");

            await().until(() -> !LargeResponseController.isConnected(socket));
        }
    }

    /** Returns everything that is answered until the server closes the connection. */
    private String responseUntilClose(String request) throws IOException {
        try (Socket socket = connect()) {
            write(socket, request);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void skipRest(Socket socket, String end) throws IOException {
        var heard = new StringBuilder();
        while (heard.indexOf(end) < 0) {
            heard.append((char) socket.getInputStream().read());
        }
    }
}
