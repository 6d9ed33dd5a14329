package dev.aicore.discovery.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests ownership and quotas in development, where only some callers send tokens. */
@Tag("integration")
class OwnershipAndQuotasTest {

    private static final String ANN = AuthenticatedServer.token("ann", "service");
    private static final String BOB = AuthenticatedServer.token("bob", "service");

    @TempDir
    static Path directory;

    private static AuthenticatedServer server;

    @BeforeAll
    static void start() {
        server = AuthenticatedServer.start(
                directory.resolve("data"),
                "--service-discovery.environment=development",
                "--service-discovery.quotas.per-service=2");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anonymousInstance_isAdoptedAndAdoptionIsInHistory() throws IOException {
        var registered = server.send("POST", "/api/v1/services", null, declaration("a", "web"));
        assertThat(registered.body().at("/data/owner").asString()).isEqualTo("anonymous");
        var adopted =
                server.send("PATCH", "/api/v1/services/a", ANN, "{\"weight\":7}", "X-Reason", "we have tokens now");
        assertThat(adopted.body().at("/data/owner").asString()).isEqualTo("ann");
        long position = adopted.body().at("/meta/position").asLong();
        var read = server.send("GET", "/api/v1/services/a?min_position=" + position, ANN, null);
        assertThat(read.body().at("/data/owner").asString()).isEqualTo("ann");
        assertThat(server.send("PATCH", "/api/v1/services/a", BOB, "{\"weight\":8}")
                        .code())
                .isEqualTo("owned_by_another");

        var history = server.send("GET", "/api/v1/services/a/history?min_position=" + position, ANN, null)
                .body()
                .at("/data/entries");
        var entry = history.valueStream()
                .filter(one -> one.path("type").asString().equals("InstanceAdopted"))
                .findFirst()
                .orElseThrow();
        assertThat(entry.path("actor").asString()).isEqualTo("ann");
        assertThat(entry.path("reason").asString()).isEqualTo("we have tokens now");
        assertThat(entry.at("/evidence/previous_owner").asString()).isEqualTo("anonymous");
        assertThat(entry.at("/before/owner").asString()).isEqualTo("anonymous");
        assertThat(entry.at("/after/owner").asString()).isEqualTo("ann");
    }

    @Test
    void registration_beyondServiceQuota_returns403WithLimit() throws IOException {
        for (var id : new String[] {"q-1", "q-2", "q-1"}) {
            assertThat(server.send("POST", "/api/v1/services", ANN, declaration(id, "full"))
                            .status())
                    .isIn(200, 201);
        }
        var refused = server.send("POST", "/api/v1/services", BOB, declaration("q-3", "full"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("quota_exceeded");
        assertThat(refused.body().at("/errors/0/rejected_value").asInt()).isEqualTo(2);
        assertThat(refused.body().at("/errors/0/expected").asString()).isEqualTo("less than 2");
    }

    private static String declaration(String id, String service) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + service + "\",\"address\":\"10.0.0.1\",\"port\":80,\"ttl\":3600}";
    }
}
