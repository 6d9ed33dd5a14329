package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Verifies that answers come from Redis if nothing is cached in memory. {@link ReadsUnderFaultsTest} tests its faults.
 */
@Tag("integration")
class SharedCacheTest {

    private static final int SERVICES = 20;

    @TempDir
    static Path directory;

    private static RunningRegistry registry;
    private static EmbeddedCache redis;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(
                directory, List.of("--service-discovery.registry.discovery.max-cached-instances=0"));
        for (int i = 0; i < SERVICES; i++) {
            registry.post("/api/v1/services", RegistryStoryTest.body("i-" + i, "s-" + i, 600));
        }
        redis = EmbeddedCache.of(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        redis.close();
        registry.close();
    }

    @Test
    void discover_fromRedis_equalsPostgres() throws IOException {
        redis.awaitDocuments(SERVICES);
        for (int i = 0; i < SERVICES; i++) {
            var cached = services(i, "");
            // A position beyond any document, so that PostgreSQL answers.
            long head = registry.get("/api/v1/status")
                    .body()
                    .at("/data/store/position")
                    .asLong();
            var read = services(i, "&min_position=" + head);

            assertThat(cached).isEqualTo(read).hasSize(1);
        }
    }

    @Test
    void discover_returnsRedisDocument() throws IOException {
        redis.awaitDocuments(SERVICES);
        var key = EmbeddedCache.keyOf("s-0");
        String instances = redis.commands().hget(key, DocumentHeader.INSTANCES);
        redis.commands().hset(key, DocumentHeader.INSTANCES, instances.replace("10.0.0.1", "10.0.0.9"));

        // If Redis is too slow for a read, PostgreSQL answers.
        await().atMost(RunningRegistry.PATIENCE)
                .until(() -> services(0, "").get(0).at("/address").asString().equals("10.0.0.9"));

        redis.commands().hset(key, DocumentHeader.INSTANCES, instances);
    }

    private static JsonNode services(int number, String more) throws IOException {
        var reply = registry.get("/api/v1/discover?service_name=s-" + number + more);
        assertThat(reply.status()).isEqualTo(200);
        return reply.body().at("/data/services");
    }
}
