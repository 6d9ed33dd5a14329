package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Redis as the server runs it: flushed and killed under reads, it costs nobody an instance. */
@Tag("integration")
class SharedCacheTest {

    private static final int SERVICES = 20;
    private static final Duration COMPLETE_AGAIN = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static RunningRegistry registry;
    private static RedisClient client;
    private static StatefulRedisConnection<String, String> redis;

    @BeforeAll
    static void start() throws IOException {
        registry = RunningRegistry.start(directory);
        for (int i = 0; i < SERVICES; i++) {
            registry.post("/api/v1/services", RegistryStoryTest.body("i-" + i, "s-" + i, 600));
        }
        var configuration = new Properties();
        try (var file = Files.newBufferedReader(directory.resolve("data/redis/redis.conf"))) {
            configuration.load(file);
        }
        client = RedisClient.create(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(Integer.parseInt(configuration.getProperty("port")))
                .withPassword(configuration.getProperty("requirepass").toCharArray())
                .build());
        redis = client.connect();
    }

    @AfterAll
    static void stop() {
        client.close();
        registry.close();
    }

    @Test
    void bothStoresGiveTheSameAnswer() throws IOException {
        awaitComplete();
        for (int i = 0; i < SERVICES; i++) {
            var cached = services(i, "");
            // Further than any document: PostgreSQL's to answer.
            long head = registry.get("/api/v1/status")
                    .body()
                    .at("/data/store/position")
                    .asLong();
            var read = services(i, "&min_position=" + head);

            assertThat(cached).isEqualTo(read).hasSize(1);
        }
    }

    @Test
    void aDocumentIsWhatIsAnswered() throws IOException {
        awaitComplete();
        String document = redis.sync().get("service_discovery:service:s-0");
        redis.sync().set("service_discovery:service:s-0", document.replace("10.0.0.1", "10.0.0.9"));

        // A read that Redis is too slow for is PostgreSQL's.
        await().until(() -> services(0, "").get(0).at("/address").asString().equals("10.0.0.9"));

        redis.sync().set("service_discovery:service:s-0", document);
    }

    @Test
    void flushedAndKilledUnderReadsItGivesNoEmptyAnswer() throws Exception {
        awaitComplete();
        var enough = new CountDownLatch(1);
        var reading = new FutureTask<>(() -> {
            int reads = 0;
            for (; enough.getCount() > 0; reads++) {
                assertThat(services(reads % SERVICES, "")).hasSize(1);
            }
            return reads;
        });
        Thread.ofVirtual().start(reading);

        redis.sync().flushall();
        awaitComplete();
        long pid = Long.parseLong(
                Files.readString(directory.resolve("data/redis/redis.pid")).strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(COMPLETE_AGAIN)
                .ignoreExceptions()
                .until(() -> redis.sync().ping().equals("PONG"));
        redis.sync().flushall();
        awaitComplete();
        enough.countDown();

        assertThat(reading.get()).isPositive();
    }

    private static void awaitComplete() {
        await().atMost(COMPLETE_AGAIN)
                .until(() -> redis.sync().keys("service_discovery:service:s-*").size() == SERVICES);
    }

    private static JsonNode services(int number, String more) throws IOException {
        var reply = registry.get("/api/v1/discover?service_name=s-" + number + more);
        assertThat(reply.status()).isEqualTo(200);
        return reply.body().at("/data/services");
    }
}
