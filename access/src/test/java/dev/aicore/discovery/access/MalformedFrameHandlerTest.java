package dev.aicore.discovery.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestCertificateAuthority;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tests that callers that violate HTTP/2 repeatedly don't fill the log. */
@SpringBootTest(
        classes = TestServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "spring.main.banner-mode=off"})
@ImportAutoConfiguration(SslAutoConfiguration.class)
@ExtendWith(OutputCaptureExtension.class)
class MalformedFrameHandlerTest {

    private static final int CALLERS = 20;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    @TempDir
    static Path directory;

    private static TestCertificateAuthority issuer;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void files(DynamicPropertyRegistry registry) {
        TestCertificateAuthority.serve(registry, directory);
    }

    @BeforeAll
    static void issue() {
        issuer = TestCertificateAuthority.ofServer(directory);
    }

    @Test
    void malformedHttp2Connections_areLoggedInOneLine(CapturedOutput output) throws IOException {
        for (int caller = 0; caller < CALLERS; caller++) {
            say("GET /things HTTP/1.1\r\n\r\n");
            // A SETTINGS with a length of five bytes, which must be a multiple of six.
            say(PREFACE + "\0\0\5\4\0\0\0\0\0aaaaa");
            // A HEADERS on a stream id that only a server may use.
            say(PREFACE + "\0\0\0\4\0\0\0\0\0\0\0\1\1\5\0\0\0\2a");
            // A WINDOW_UPDATE with an increment of zero.
            say(PREFACE + "\0\0\0\4\0\0\0\0\0\0\0\4\10\0\0\0\0\0\0\0\0\0");
        }
        assertThat(output.getAll())
                .containsOnlyOnce(" HTTP/2 connections were closed because of malformed frames")
                .doesNotContain("exceptionCaught", "Http2Exception");
    }

    private void say(String said) throws IOException {
        try (var socket = (SSLSocket) issuer.client(null).getSocketFactory().createSocket("127.0.0.1", port)) {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            socket.getOutputStream().write(said.getBytes(US_ASCII));
            while (socket.getInputStream().read() >= 0) {
                // Reads until the server closes the connection.
            }
        } catch (SocketException reset) {
            // A reset ends the connection too.
        }
    }
}
