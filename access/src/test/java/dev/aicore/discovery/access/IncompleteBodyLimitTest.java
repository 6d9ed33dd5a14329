package dev.aicore.discovery.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests callers that begin long bodies without completing them; the limit of one address is 4 MB. */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "service-discovery.server.receive-timeout=1m",
            "service-discovery.server.max-pending-bodies=8MB"
        })
class IncompleteBodyLimitTest {

    private static final int LENGTH = 60_000;
    private static final int CALLERS = 120;
    private static final String END = "}";
    private static final int PATIENCE_MILLIS = 60_000;

    @LocalServerPort
    private int port;

    @Test
    void incompleteBodies_beyondMemoryLimit_areRefusedWithoutAffectingShortBodies() throws IOException {
        var callers = new ArrayList<Socket>();
        try {
            for (int caller = 0; caller < CALLERS; caller++) {
                callers.add(begin(LENGTH));
            }
            await().until(() -> answered(callers) > 0);

            assertThat(post(END.length())).startsWith("HTTP/1.1 201");
            assertThat(post(LENGTH)).startsWith("HTTP/1.1 503").contains("\"code\":\"overloaded\"");
            System.out.printf(
                    "%d of %d long bodies were refused, beside them short ones went on%n", answered(callers), CALLERS);
            assertThat(answered(callers)).isLessThan(CALLERS / 2 + CALLERS / 4);
        } finally {
            for (var caller : callers) {
                caller.close();
            }
        }
        await().until(() -> post(LENGTH).startsWith("HTTP/1.1 201"));
    }

    /**
     * Posts a body that blanks extend to the wanted length. Returns the answer as far as it arrives, because the
     * connection is reset after a refused body.
     */
    private String post(int blanks) throws IOException {
        var heard = new StringBuilder();
        try (var caller = begin(blanks)) {
            caller.setSoTimeout(PATIENCE_MILLIS);
            send(caller, END);
            for (int read = caller.getInputStream().read();
                    read >= 0;
                    read = caller.getInputStream().read()) {
                heard.append((char) read);
            }
        } catch (SocketException reset) {
            assertThat(heard.toString()).contains(" 503 ");
        }
        return heard.toString();
    }

    private Socket begin(int blanks) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var body = "{\"name\":\"a\"" + " ".repeat(blanks);
        var head = "POST /things HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + (body.length() + END.length()) + "\r\n\r\n";
        send(socket, head + body);
        return socket;
    }

    /** Sends as much of a text as the server accepts. A refusal that came before the text's end can still be read. */
    private static void send(Socket socket, String text) throws IOException {
        try {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        } catch (SocketException refusal) {
            assertThat(socket.getInputStream().available()).isPositive();
        }
    }

    private static long answered(List<Socket> callers) throws IOException {
        long answered = 0;
        for (var caller : callers) {
            answered += caller.getInputStream().available() > 0 ? 1 : 0;
        }
        return answered;
    }
}
