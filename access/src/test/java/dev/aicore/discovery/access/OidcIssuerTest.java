package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.aicore.discovery.config.testing.RawHttpClient;
import dev.aicore.discovery.config.testing.TestTokenBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Tests tokens of an issuer that publishes its keys. */
class OidcIssuerTest {

    private static final String ISSUER = "https://id.example.org/realms/ours";
    private static final KeyPair PAIR = pair();
    private static final KeyPair OTHER = pair();

    private final HttpServer issuer = issuer();
    private ConfigurableApplicationContext server = start();

    @BeforeEach
    void ready() {
        assertThat(server.isRunning()).isTrue();
    }

    @AfterEach
    void stop() {
        server.close();
        issuer.stop(0);
    }

    @Test
    void token_isAcceptedOnlyFromConfiguredIssuer() {
        var header = "{\"alg\":\"RS256\",\"kid\":\"one\"}";
        assertThat(ask(TestTokenBuilder.rsa(header, claims(ISSUER, "service-discovery"), PAIR.getPrivate())))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"principal\":\"ann\"", "\"role\":\"operator\"");
        assertDenied(TestTokenBuilder.rsa(header, claims(ISSUER, "service-discovery"), OTHER.getPrivate()));
        assertDenied(
                TestTokenBuilder.rsa(header, claims("https://evil.example", "service-discovery"), PAIR.getPrivate()));
        assertDenied(TestTokenBuilder.rsa(header, claims(ISSUER, "other"), PAIR.getPrivate()));
        assertDenied(TestTokenBuilder.rsa(
                header, "{\"sub\":\"ann\",\"iss\":\"" + ISSUER + "\",\"exp\":" + soon() + "}", PAIR.getPrivate()));
        assertDenied(TestTokenBuilder.rsa(
                header, "{\"sub\":\"ann\",\"aud\":\"service-discovery\",\"exp\":" + soon() + "}", PAIR.getPrivate()));
        assertDenied(TestTokenBuilder.hmac(
                "{\"alg\":\"HS256\",\"kid\":\"one\"}",
                claims(ISSUER, "service-discovery"),
                PAIR.getPublic().getEncoded(),
                "HmacSHA256"));
        assertDenied(TestTokenBuilder.hs256(claims(ISSUER, "service-discovery"), TokenServerFixture.SECRET));
        assertDenied(TestTokenBuilder.rsa(
                "{\"alg\":\"RS256\",\"kid\":\"two\"}", claims(ISSUER, "service-discovery"), PAIR.getPrivate()));
    }

    @Test
    void token_ifIssuerKeysAreUnavailable_returns503() {
        issuer.stop(0);
        assertThat(ask(TestTokenBuilder.rsa(
                        "{\"alg\":\"RS256\",\"kid\":\"one\"}", claims(ISSUER, "service-discovery"), PAIR.getPrivate())))
                .startsWith("HTTP/1.1 503 ")
                .contains("\"not_ready\"", "Retry-After");
    }

    private void assertDenied(String token) {
        assertThat(ask(token)).startsWith("HTTP/1.1 401 ").contains("\"unauthorized\"");
    }

    private String ask(String token) {
        int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return RawHttpClient.send(
                port,
                "GET /things/caller HTTP/1.1",
                "Host: localhost",
                "Connection: close",
                "Authorization: Bearer " + token);
    }

    private ConfigurableApplicationContext start() {
        return TestServer.on("127.0.0.1")
                .run(
                        "--service-discovery.environment=production",
                        "--service-discovery.auth.jwt.secret=" + TokenServerFixture.SECRET,
                        "--service-discovery.auth.jwt.issuer-uri=" + ISSUER,
                        "--service-discovery.auth.jwt.jwk-set-uri=http://127.0.0.1:"
                                + issuer.getAddress().getPort() + "/keys");
    }

    private static HttpServer issuer() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/keys", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                var keys = keys().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String keys() {
        var key = (RSAPublicKey) PAIR.getPublic();
        var modulus = key.getModulus().toByteArray();
        var n = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(modulus, 1, modulus.length));
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"one\",\"use\":\"sig\",\"n\":\"" + n + "\",\"e\":\"AQAB\"}]}";
    }

    private static String claims(String issuer, String audience) {
        return "{\"sub\":\"ann\",\"roles\":[\"operator\"],\"iss\":\"" + issuer + "\",\"aud\":\"" + audience
                + "\",\"exp\":" + soon() + "}";
    }

    private static long soon() {
        return Instant.now().getEpochSecond() + 600;
    }

    private static KeyPair pair() {
        try {
            var pairs = KeyPairGenerator.getInstance("RSA");
            pairs.initialize(2_048);
            return pairs.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
