package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.config.testing.TestPostgres;
import dev.aicore.discovery.server.access.AuthenticatedServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two nodes on one store, the second one for queries only. */
abstract class ApiKeyServersFixture {

    @RegisterExtension
    static final TestPostgres postgres = new TestPostgres();

    @TempDir
    static Path directory;

    static final String ADMIN = AuthenticatedServer.token("root", "admin");
    static final String KEYS = "/api/v1/admin/api-keys";

    static AuthenticatedServer writer;
    static AuthenticatedServer reader;

    @BeforeAll
    static void start() {
        var url = "--service-discovery.database.postgres.url=postgresql://%s:%s@localhost:%d/%s"
                .formatted(postgres.user(), postgres.password(), postgres.port(), postgres.database());
        writer = AuthenticatedServer.start(directory.resolve("a"), url);
        reader = AuthenticatedServer.start(directory.resolve("b"), url, "--service-discovery.target=query");
    }

    @AfterAll
    static void stop() {
        reader.close();
        writer.close();
    }

    static int status(AuthenticatedServer server, String path, String authorization) {
        try {
            return server.send("GET", path, authorization, null).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reply byKey(AuthenticatedServer server, String key) throws IOException {
        return server.send("GET", "/api/v1/services", null, null, "X-API-Key", key);
    }

    static String token(AuthenticatedServer server, String key) throws IOException {
        var reply = server.send("POST", "/api/v1/auth/token", null, null, "X-API-Key", key);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().at("/data/expires_in").asInt()).isBetween(3_590, 3_600);
        return reply.body().at("/data/access_token").asString();
    }

    static JsonNode issued(String principal, String role, @Nullable Integer expiresIn) throws IOException {
        var reply = writer.send(
                "POST",
                KEYS,
                ADMIN,
                "{\"principal\":\"%s\",\"role\":\"%s\"%s}"
                        .formatted(principal, role, expiresIn == null ? "" : ",\"expires_in\":" + expiresIn));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(201);
        assertThat(reply.headers().firstValue("Cache-Control")).hasValue("no-store");
        return reply.body().at("/data");
    }
}
