package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Tests the limits of connections, and which connection is closed. Each wait ends because the server closes a
 * connection.
 */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "service-discovery.server.max-connections=20",
            "service-discovery.server.max-share-per-address=0.5",
            "service-discovery.server.first-request-timeout=2s"
        })
class ConnectionLimitTest {

    private static final int MAX = 20;
    private static final int SHARE = 10;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String CROWD = "127.0.0.2";
    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String HANGING = "GET /things/hanging HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final Pattern END_OF_HEAD =
            Pattern.compile("content-length: (\\d+)\r\n(.+\r\n)*\r\n", Pattern.CASE_INSENSITIVE);

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry meters;

    private final List<Socket> open = new ArrayList<>();

    @BeforeEach
    void awaitNoOpenConnection() {
        await().until(() ->
                meters.get("service_discovery.connections.open").gauge().value() == 0);
    }

    @AfterEach
    void closeConnections() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    @Test
    void connections_beyondAddressShare_evictLongestIdleOfSameAddress() throws IOException {
        var other = answered("127.0.0.3");
        var first = new ArrayList<Socket>();
        for (int i = 0; i < SHARE; i++) {
            first.add(answered(CROWD));
        }
        ask(first.getFirst());
        for (int i = 0; i < 3; i++) {
            answered(CROWD);
        }

        assertThat(first.subList(1, 4)).allMatch(ConnectionLimitTest::isClosed);
        ask(first.getFirst());
        ask(first.get(4));
        ask(other);
    }

    @Test
    void connection_atTotalLimit_evictsLongestIdleConnection() throws IOException {
        var longestIdle = answered("127.0.0.3");
        for (int i = 1; i < MAX; i++) {
            answered("127.0.1." + i);
        }
        answered("127.0.0.4");

        assertThat(isClosed(longestIdle)).isTrue();
        assertThat(meters.get("service_discovery.connections.evicted")
                        .functionCounter()
                        .count())
                .isPositive();
    }

    @Test
    void connection_ifAddressShareIsBusy_isRefusedOnlyForThatAddress() throws IOException {
        await().atMost(Duration.ofSeconds(30)).until(() -> isRefused(connect(CROWD)));
        assertThat(meters.get("service_discovery.connections.refused")
                        .functionCounter()
                        .count())
                .isPositive();
        answered("127.0.0.3");

        for (var socket : open.subList(0, SHARE)) {
            socket.close();
        }
        await().until(() -> isAnswered(connect(CROWD)));
    }

    /** An incomplete request doesn't count as a request, however long it takes. */
    @Test
    void connectionWithIncompleteRequest_isEvictedAsIdle() throws IOException {
        var slow = connect(CROWD);
        write(
                slow,
                "POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        for (int i = 0; i < SHARE; i++) {
            answered(CROWD);
        }
        assertThat(isClosed(slow)).isTrue();
    }

    @Test
    void connection_withoutFirstRequest_isClosedAfterTimeout() throws IOException {
        var used = answered(CROWD);
        var unused = connect(CROWD);
        var begun = connect(CROWD);
        write(begun, "GET /health HT");

        assertThat(unused.getInputStream().read()).isEqualTo(-1);
        assertThat(begun.getInputStream().read()).isEqualTo(-1);
        ask(used);
    }

    private Socket answered(String from) throws IOException {
        var socket = connect(from);
        ask(socket);
        return socket;
    }

    private Socket connect(String from) throws IOException {
        var socket = new Socket();
        open.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void ask(Socket socket) throws IOException {
        assertThat(isAnswered(socket)).isTrue();
    }

    private static boolean isAnswered(Socket socket) {
        try {
            write(socket, HEALTH);
            var head = new StringBuilder();
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                head.append((char) next);
                var length = END_OF_HEAD.matcher(head);
                if (length.find()) {
                    socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
                    break;
                }
            }
            return head.indexOf("HTTP/1.1 200") == 0;
        } catch (IOException reset) {
            return false;
        }
    }

    /** Keeps a connection busy. Returns true if the connection was refused. */
    private static boolean isRefused(Socket socket) {
        try {
            write(socket, HANGING);
        } catch (IOException reset) {
            return true;
        }
        return isClosed(socket);
    }

    private static boolean isClosed(Socket socket) {
        try {
            socket.setSoTimeout(500);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
