package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.TestCertificateAuthority;
import dev.aicore.discovery.config.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sends writes through a front whose callers authenticate with certificates, which end at the front. */
@Tag("integration")
class EncryptedRelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @TempDir
    static Path directory;

    private static TestCertificateAuthority issuer;
    private static AuthenticatedServer owner;
    private static AuthenticatedServer front;

    @BeforeAll
    static void start() {
        issuer = new TestCertificateAuthority(directory);
        for (var name : new String[] {"owner", "front", "web-1", "web-2"}) {
            issuer.issue(name, "CN=" + name, directory.resolve(name), directory.resolve(name + ".key"));
        }
        owner = started("owner");
        front = started("front");
    }

    @AfterAll
    static void stop() {
        front.close();
        owner.close();
    }

    /** The owner sees the certificate of the caller, never that of the node that relays. */
    @Test
    void relayedWrite_isOfPrincipalOfCertificate() throws Exception {
        var body = "{\"id\":\"i-1\",\"name\":\"web\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":3600}";
        await().atMost(PATIENCE)
                .until(() -> post(front, "web-1", "/api/v1/services", body).statusCode() == 201);

        assertThat(post(front, "web-1", "/api/v1/services/i-1/heartbeat", "{}").statusCode())
                .isEqualTo(200);
        assertThat(post(owner, "web-1", "/api/v1/services/i-1/heartbeat", "{}").statusCode())
                .isEqualTo(200);
        assertThat(post(front, "web-2", "/api/v1/services/i-1/heartbeat", "{}").body())
                .contains("owned_by_another");
    }

    private static AuthenticatedServer started(String node) {
        return AuthenticatedServer.start(
                directory.resolve("data-" + node),
                "--service-discovery.database.postgres.url=postgresql://%s:%s@localhost:%d/%s"
                        .formatted(postgres.user(), postgres.password(), postgres.port(), postgres.database()),
                "--service-discovery.server.tls.certificate=" + directory.resolve(node),
                "--service-discovery.server.tls.private-key=" + directory.resolve(node + ".key"),
                "--service-discovery.server.tls.client-ca=" + directory.resolve("issuer.pem"),
                "--service-discovery.server.tls.client-certificates=required",
                "--service-discovery.cluster.hold-timeout=20s");
    }

    private static HttpResponse<String> post(AuthenticatedServer node, String caller, String path, String body)
            throws IOException, InterruptedException {
        try (var client =
                HttpClient.newBuilder().sslContext(issuer.client(caller)).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + node.port() + path))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
