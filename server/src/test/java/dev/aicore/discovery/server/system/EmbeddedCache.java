package dev.aicore.discovery.server.system;

import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.readmodel.cache.RedisKeys;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BooleanSupplier;

/** Redis of a running registry, accessed by its files, its process and its keys. */
final class EmbeddedCache implements AutoCloseable {

    private static final String DOCUMENT = new RedisKeys("service_discovery:").service("");
    private static final Duration COMPLETE_AGAIN = Duration.ofSeconds(30);

    private final Path directory;
    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    private EmbeddedCache(Path directory, RedisClient client) {
        this.directory = directory;
        this.client = client;
        this.connection = client.connect();
    }

    /** Connects as the registry does, by the configuration below its data directory. */
    static EmbeddedCache of(Path dataDir) throws IOException {
        var directory = dataDir.resolve("redis");
        var configuration = new Properties();
        try (var file = Files.newBufferedReader(directory.resolve("redis.conf"))) {
            configuration.load(file);
        }
        return new EmbeddedCache(
                directory,
                RedisClient.create(RedisURI.builder()
                        .withHost("127.0.0.1")
                        .withPort(Integer.parseInt(configuration.getProperty("port")))
                        .withPassword(configuration.getProperty("requirepass").toCharArray())
                        .build()));
    }

    RedisCommands<String, String> commands() {
        return connection.sync();
    }

    static String keyOf(String service) {
        return DOCUMENT + service;
    }

    /** Kills the process, and returns when it has ended. The registry starts another one. */
    void kill() throws IOException {
        var process = process().orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Kills every new process until the condition holds. */
    void keepAwayUntil(BooleanSupplier done) {
        await().forever().pollInterval(Duration.ofMillis(20)).until(() -> {
            process().ifPresent(ProcessHandle::destroyForcibly);
            return done.getAsBoolean();
        });
    }

    private Optional<ProcessHandle> process() throws IOException {
        var pid = Files.readString(directory.resolve("redis.pid")).strip();
        return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
    }

    /** Returns once the documents of that number of services are stored. */
    void awaitDocuments(int services) {
        await().atMost(COMPLETE_AGAIN)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> commands().keys(DOCUMENT + "*").size() == services);
    }

    @Override
    public void close() {
        client.close();
    }
}
