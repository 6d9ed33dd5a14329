package dev.aicore.discovery.readmodel.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.config.testing.TcpProxy;
import dev.aicore.discovery.config.testing.TestRedis;
import dev.aicore.discovery.readmodel.cache.SharedRedisConnection.RedisUnavailableException;
import io.lettuce.core.resource.EpollProvider;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

@Tag("integration")
class RedisConnectionsTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    // The server is running before a test instance is created.
    private RedisConnections connections = new RedisConnections(settings(0, 20));

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void databaseAndPrefix_followSettings() throws Exception {
        reconnect(settings(3, 20));
        awaitConnection();
        set(connections.writing(), connections.keys().service("web"), "document");

        assertThat(REDIS.commands().keys("*")).isEmpty();
        REDIS.commands().select(3);
        assertThat(REDIS.commands().get("test:v2:service:web")).isEqualTo("document");
        REDIS.commands().select(0);
    }

    @Test
    void connections_withinMaximum_areTwoOrOne() {
        assertThat(connections.reading()).isNotSameAs(connections.writing());
        Awaitility.await().until(() -> clients() == 2);

        reconnect(settings(0, 1));
        assertThat(connections.reading()).isSameAs(connections.writing());
        Awaitility.await().until(() -> clients() == 1);
    }

    @Test
    void commands_withoutServer_failWithoutWaiting() {
        awaitConnection();
        REDIS.halt();
        assertThatThrownBy(() -> set(connections.reading(), "key", "value"))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(TimeoutException.class);
        REDIS.kill();
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> set(connections.reading(), "key", "value"))
                        .cause()
                        .hasStackTraceContaining("Commands are rejected"));
        reconnect(settings(0, 20));
        assertThatThrownBy(() -> connections
                        .reading()
                        .run(commands -> commands.opsForValue().get("key"))
                        .toFuture()
                        .get())
                .cause()
                .isInstanceOf(RedisUnavailableException.class);
    }

    @Test
    void brokenConnection_reconnectsAndNotifies() {
        var made = new AtomicInteger();
        awaitConnection();
        connections.onConnected(made::incrementAndGet);

        REDIS.kill();
        REDIS.start();

        awaitConnection();
        Awaitility.await().until(() -> made.get() >= 1);
    }

    @Test
    void silentConnection_underLoad_isReplaced() {
        assumeThat(EpollProvider.isAvailable()).isTrue();
        try (var proxy = TcpProxy.to(URI.create(REDIS.url()).getPort())) {
            reconnect(new RedisSettings(
                    "redis://127.0.0.1:" + proxy.port(), 0, "test:", 1, Duration.ofMillis(500), Duration.ofSeconds(1)));
            awaitConnection();

            proxy.silence();
            // More than the network buffers: some data is never acknowledged.
            var large = "x".repeat(1 << 20);
            Flux.range(0, 16)
                    .flatMap(i -> connections
                            .writing()
                            .run(commands -> commands.opsForValue().set("key", large))
                            .onErrorComplete())
                    .blockLast();

            Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                set(connections.writing(), "key", "value");
                return true;
            });
        }
    }

    /** Fails if an event loop has to wait: blocked event loops are detected in tests. */
    @Test
    void connection_isSharedByManyEventLoops() throws Exception {
        reconnect(new RedisSettings(REDIS.url(), 0, "test:", 20, Duration.ofSeconds(10), Duration.ofSeconds(1)));
        awaitConnection();
        set(connections.writing(), "key", "value");

        var read = Flux.range(0, 20_000)
                .parallel(8)
                .runOn(Schedulers.parallel())
                .flatMap(
                        i -> connections
                                .reading()
                                .run(commands -> commands.opsForValue().get("key")),
                        false,
                        64)
                .sequential()
                .count();

        assertThat(read.toFuture().get()).isEqualTo(20_000);
    }

    private void reconnect(RedisSettings settings) {
        connections.close();
        connections = new RedisConnections(settings);
    }

    private void awaitConnection() {
        Awaitility.await().ignoreExceptions().until(() -> {
            set(connections.reading(), "key", "value");
            set(connections.writing(), "key", "value");
            return true;
        });
        REDIS.commands().del("key");
    }

    private static void set(SharedRedisConnection link, String key, String value) throws Exception {
        link.run(commands -> commands.opsForValue().set(key, value)).toFuture().get();
    }

    private static long clients() {
        return REDIS.commands()
                .clientList()
                .lines()
                .filter(client -> client.contains("name=service-discovery-"))
                .count();
    }

    private static RedisSettings settings(int database, int maxConnections) {
        return new RedisSettings(
                REDIS.url(), database, "test:", maxConnections, Duration.ofMillis(500), Duration.ofSeconds(1));
    }
}
