package dev.aicore.discovery.healthchecks.probe;

import static dev.aicore.discovery.healthchecks.probe.ProberFixture.http;
import static dev.aicore.discovery.healthchecks.probe.ScriptedTcpServer.OK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.healthchecks.outbound.TestOutboundClients;
import dev.aicore.discovery.healthchecks.outbound.TestPolicies;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Tests requests and responses. */
class HttpProberTest {

    private static final long GIB = 1L << 30;

    private final ProberFixture proberFixture = ProberFixture.plain();

    @AfterEach
    void close() {
        proberFixture.close();
    }

    @Test
    void request_followsCheckConfig() throws Exception {
        var asked = new AtomicReference<String>();
        try (var server = new ScriptedTcpServer(socket -> {
            asked.set(ScriptedTcpServer.read(socket));
            ScriptedTcpServer.write(socket, OK);
        })) {
            var config = Map.<String, Object>of(
                    "method",
                    "POST",
                    "path",
                    "/health?full=1",
                    "headers",
                    Map.of("X-Token", "t", "user-agent", "mine"));
            assertThat(proberFixture.probe(http(server.port(), config))).isEqualTo(ProbeResult.pass("200"));
            assertThat(asked.get())
                    .startsWith("POST /health?full=1 HTTP/1.1\r\n")
                    .contains("\r\nX-Token: t\r\n")
                    .containsIgnoringCase("\r\nuser-agent: mine\r\n")
                    .containsIgnoringCase("\r\nhost: 127.0.0.1:" + server.port() + "\r\n")
                    .containsIgnoringCase("\r\ncontent-length: 0\r\n");
        }
    }

    @Test
    void hostHeader_isDeclaredName() throws Exception {
        var asked = new AtomicReference<String>();
        try (var server = new ScriptedTcpServer(socket -> {
            asked.set(ScriptedTcpServer.read(socket));
            ScriptedTcpServer.write(socket, OK);
        })) {
            proberFixture.through(TestOutboundClients.landing(
                    TestPolicies.development(),
                    name -> Mono.just(List.of(InetAddress.getLoopbackAddress())),
                    server.port()));
            assertThat(proberFixture
                            .probe(ProberFixture.of("Web.Example", 80, "http", "http", Map.of()))
                            .passed())
                    .isTrue();
            assertThat(asked.get()).containsIgnoringCase("\r\nhost: web.example:" + server.port() + "\r\n");
        }
    }

    @Test
    void hostHeader_inCheckConfig_isSent() throws Exception {
        var asked = new AtomicReference<String>();
        try (var server = new ScriptedTcpServer(socket -> {
            asked.set(ScriptedTcpServer.read(socket));
            ScriptedTcpServer.write(socket, OK);
        })) {
            var config = Map.<String, Object>of("headers", Map.of("host", "shop.example"));
            assertThat(proberFixture.probe(http(server.port(), config)).passed())
                    .isTrue();
            assertThat(asked.get()).containsOnlyOnce("host:").containsIgnoringCase("\r\nhost: shop.example\r\n");
        }
    }

    static List<Arguments> answers() {
        return List.of(
                Arguments.of("200 OK", Map.of(), true),
                Arguments.of("204 No Content", Map.of(), true),
                Arguments.of("302 Found", Map.of(), false),
                Arguments.of("404 Not Found", Map.of(), false),
                Arguments.of("500 Internal Server Error", Map.of(), false),
                Arguments.of("200 OK", Map.of("expected_status", 204), false),
                Arguments.of("204 No Content", Map.of("expected_status", 204L), true),
                Arguments.of("301 Moved", Map.of("expected_status", List.of(200, 301)), true),
                Arguments.of("302 Found", Map.of("expected_status", List.of(200, 301)), false),
                Arguments.of("418 Teapot", Map.of("expected_status", "4xx"), true),
                Arguments.of("200 OK", Map.of("expected_status", "4xx"), false));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void statusCode_decidesResult(String status, Map<String, Object> config, boolean passes) throws Exception {
        try (var server = ScriptedTcpServer.answering("HTTP/1.1 " + status, "Content-Length: 0", "", "")) {
            var code = status.substring(0, 3);
            assertThat(proberFixture.probe(http(server.port(), config)))
                    .isEqualTo(passes ? ProbeResult.pass(code) : ProbeResult.fail(CheckFailureCode.STATUS, code));
        }
    }

    @Test
    void redirect_isNotFollowed() throws Exception {
        try (var denied = ScriptedTcpServer.answering(OK);
                var server = ScriptedTcpServer.answering(
                        "HTTP/1.1 302 Found",
                        "Location: http://127.0.0.1:" + denied.port() + "/",
                        "Content-Length: 0",
                        "",
                        "")) {
            assertThat(proberFixture.probe(http(server.port(), Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.STATUS, "302"));
            assertThat(denied.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//127.0.0.2:1/x", "/@127.0.0.2/", "/..//x", "/http://127.0.0.2:1/", "/?u=http://127.0.0.2:1/"})
    void path_isSentUnchanged(String path) throws Exception {
        var asked = new AtomicReference<String>();
        try (var server = new ScriptedTcpServer(socket -> {
            asked.set(ScriptedTcpServer.read(socket));
            ScriptedTcpServer.write(socket, OK);
        })) {
            assertThat(proberFixture.probe(http(server.port(), Map.of("path", path))))
                    .isEqualTo(ProbeResult.pass("200"));
            assertThat(asked.get()).startsWith("GET " + path + " HTTP/1.1\r\n");
        }
    }

    static List<Arguments> invalid() {
        return List.of(
                Arguments.of("path", Map.of("path", "/a b")),
                Arguments.of("path", Map.of("path", "/a\r\nX: y")),
                Arguments.of("path", Map.of("path", "http://127.0.0.1/")),
                Arguments.of("path", Map.of("path", 7)),
                Arguments.of("method", Map.of("method", "GET /")),
                Arguments.of("path", Map.of("path", "/gesund/ä")),
                Arguments.of("headers", Map.of("headers", Map.of("host", "other example"))),
                Arguments.of("headers", Map.of("headers", Map.of("connection", "close"))),
                Arguments.of("headers", Map.of("headers", Map.of("Transfer-Encoding", "chunked"))),
                Arguments.of("headers", Map.of("headers", Map.of("X", "a\r\nY: b"))),
                Arguments.of("headers", Map.of("headers", Map.of("X Y", "a"))),
                Arguments.of("headers", Map.of("headers", "X: y")),
                Arguments.of("expected_status", Map.of("expected_status", "fine")));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidCheck_isNotRun(String field, Map<String, Object> config) throws Exception {
        try (var server = ScriptedTcpServer.answering(OK)) {
            assertThat(proberFixture.probe(http(server.port(), config)))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.INVALID, field));
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void body_aboveLimit_isNotReadFurther() throws Exception {
        var written = new AtomicLong();
        try (var server = new ScriptedTcpServer(socket -> {
            ScriptedTcpServer.read(socket);
            ScriptedTcpServer.write(socket, "HTTP/1.1 200 OK", "Content-Length: " + GIB, "", "");
            var chunk = new byte[1 << 20];
            while (written.get() < GIB) {
                socket.getOutputStream().write(chunk);
                written.addAndGet(chunk.length);
            }
        })) {
            assertThat(proberFixture.probe(http(server.port(), Map.of())))
                    .isEqualTo(ProbeResult.fail(CheckFailureCode.BODY_TOO_LARGE, "200"));
            server.awaitEnded();
            assertThat(written).hasValueLessThan(GIB / 4);
        }
    }

    @Test
    void body_atLimit_passes() throws Exception {
        var body = "x".repeat(HttpProber.MAX_BYTES);
        try (var server =
                ScriptedTcpServer.answering("HTTP/1.1 200 OK", "Content-Length: " + body.length(), "", body)) {
            assertThat(proberFixture.probe(http(server.port(), Map.of())).passed())
                    .isTrue();
        }
        try (var server = ScriptedTcpServer.answering(
                "HTTP/1.1 200 OK", "Content-Length: " + (body.length() + 1), "", body + "x")) {
            assertThat(proberFixture.probe(http(server.port(), Map.of())).failure())
                    .isEqualTo(CheckFailureCode.BODY_TOO_LARGE);
        }
    }

    @Test
    void headers_aboveLimit_fail() throws Exception {
        try (var server = ScriptedTcpServer.answering("HTTP/1.1 200 OK", "X: " + "x".repeat(100_000), "", "")) {
            assertThat(proberFixture.probe(http(server.port(), Map.of())).failure())
                    .isEqualTo(CheckFailureCode.PROTOCOL);
        }
    }

    /** Another version may have accepted the declaration. */
    @Test
    void metadataServiceRequest_isNotSent() throws Exception {
        for (var config : List.<Map<String, Object>>of(
                Map.of("headers", Map.of("Metadata-Flavor", "Google")),
                Map.of("headers", Map.of("Metadata", "true")),
                Map.of("method", "PUT"))) {
            assertThat(proberFixture.probe(http(1, config)).failure())
                    .as(config.toString())
                    .isEqualTo(CheckFailureCode.INVALID);
        }
    }
}
