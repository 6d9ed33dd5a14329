package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestCertificateAuthority;
import dev.aicore.discovery.embedded.redis.EncryptedRedis;
import dev.aicore.discovery.readmodel.cache.RedisConnections;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tests PostgreSQL and Redis with TLS and passwords, and impostors in their place. */
@Tag("integration")
@ExtendWith(OutputCaptureExtension.class)
class EncryptedStoresTest {

    private static final String ANN = AuthenticatedServer.token("ann", "service");

    @TempDir
    static Path directory;

    private static EncryptedPostgres postgres;
    private static EncryptedRedis redis;
    private static Path issuer;
    private static Path another;

    @BeforeAll
    static void start() throws Exception {
        var trusted = Files.createDirectory(directory.resolve("trusted"));
        var strange = Files.createDirectory(directory.resolve("strange"));
        issuer = trusted.resolve("issuer.pem");
        another = strange.resolve("issuer.pem");
        var authority = new TestCertificateAuthority(trusted);
        var _ = new TestCertificateAuthority(strange);
        var certificate = directory.resolve("stores.pem");
        var key = directory.resolve("stores.key");
        authority.issue("stores", "CN=localhost", certificate, key);
        postgres = new EncryptedPostgres(directory, certificate, key);
        redis = new EncryptedRedis(directory, freePort(), certificate, key, issuer);
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
        postgres.close();
    }

    @Test
    void registry_usesOnlyEncryptedStoreConnections() throws Exception {
        try (var server = AuthenticatedServer.start(
                directory.resolve("data"),
                "--service-discovery.database.postgres.url=" + postgres.url(issuer),
                "--service-discovery.database.redis.url=" + redis.url(),
                "--service-discovery.database.redis.connect-timeout=10s",
                "--service-discovery.database.redis.command-timeout=5s",
                "--service-discovery.database.redis.tls.ca=" + issuer)) {
            var registered = server.send(
                    "POST",
                    "/api/v1/services",
                    ANN,
                    "{\"id\":\"a\",\"name\":\"web\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":3600}");
            assertThat(registered.status()).isEqualTo(201);
            var position = registered.body().at("/meta/position").asLong();
            var found = server.send(
                    "GET", "/api/v1/discover?service_name=web&wait=20s&min_position=" + position, ANN, null);
            assertThat(found.body().at("/data/services/0/id").asString()).isEqualTo("a");
            assertThat(postgres.connections(true)).isPositive();
            assertThat(postgres.connections(false)).isZero();
            try (var cache = new RedisConnections(redis.settings(), redis.tls())) {
                await().atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> cache.reading()
                                .run(client -> client.hasKey(cache.keys().service("web")))
                                .block(Duration.ofSeconds(5)));
            }
        }
    }

    @Test
    void untrustedOrPlaintextPostgres_failsStartupWithOneLine(CapturedOutput output) {
        assertThat(refusal(postgres.url(another), output)).contains("certif").doesNotContain("open-sesame");
        assertThat(refusal(postgres.plainUrl(), output)).contains("pg_hba.conf").doesNotContain("open-sesame");
        assertThat(output).doesNotContain("\tat ");
    }

    private static String refusal(String url, CapturedOutput output) {
        var before = output.getErr().length();
        assertThat(catchThrowable(() -> ServiceDiscovery.application()
                        .run(
                                "--service-discovery.data-dir=" + directory.resolve("refused"),
                                "--service-discovery.database.postgres.url=" + url)))
                .isNotNull();
        var lines = output.getErr().substring(before).lines();
        return assertThat(lines.filter(line -> line.startsWith("Service Discovery can't start: ")))
                .singleElement(STRING)
                .startsWith("Service Discovery can't start: the database of database.postgres.url can't be used: ")
                .actual();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
