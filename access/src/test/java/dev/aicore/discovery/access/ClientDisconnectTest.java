package dev.aicore.discovery.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests that a caller that disconnects in the middle of its body isn't logged at the default level. */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "logging.level.dev.aicore.discovery.web.JsonBody=debug"
        })
@ExtendWith(OutputCaptureExtension.class)
class ClientDisconnectTest {

    private static final String HEAD = "POST /things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @LocalServerPort
    private int port;

    @Test
    void disconnect_duringRequestBody_logsNoWarning(CapturedOutput output) throws IOException {
        sendAndDisconnect(HEAD + "Content-Length: 100\r\n\r\n{\"name\":", false);
        sendAndDisconnect(HEAD + "Content-Length: 100\r\n\r\n{\"name\":", true);
        sendAndDisconnect(HEAD + "Transfer-Encoding: chunked\r\n\r\n20\r\n{\"name\":", false);
        sendAndDisconnect(HEAD + "Transfer-Encoding: chunked\r\n\r\n8\r\n{\"name\":\r\n", true);

        await().until(() -> output.getAll().split("/things", -1).length > 4);
        assertThat(output.getAll()).contains("disconnected during its body").doesNotContain("ERROR", "WARN");
    }

    /**
     * Sends a text and disconnects.
     *
     * @param reset whether the connection ends with a reset, as that of a killed process with unread data does
     */
    private void sendAndDisconnect(String said, boolean reset) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(reset, 0);
            socket.getOutputStream().write(said.getBytes(US_ASCII));
        }
    }
}
