package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "spring.main.banner-mode=off"})
class EndlessUploadTest {
    private static final int ENOUGH = 100_000_000;

    @LocalServerPort
    private int port;

    /** Covers routes that read the body, refuse it or ignore it. */
    @ParameterizedTest
    @ValueSource(strings = {"POST /things", "POST /nowhere", "GET /health"})
    void endlessUpload_isCutOff(String line) throws IOException {
        String head = line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        String chunk = "4000\r\n" + "a".repeat(0x4000) + "\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            write(socket, head + "Transfer-Encoding: chunked\r\n\r\n");

            assertThat(writtenBeforeTheEnd(socket, chunk)).isLessThan(ENOUGH);
        }
    }

    private static int writtenBeforeTheEnd(Socket socket, String chunk) {
        int written = 0;
        try {
            for (; written < ENOUGH; written += chunk.length()) {
                write(socket, chunk);
            }
        } catch (IOException e) {
            return written;
        }
        return written;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
