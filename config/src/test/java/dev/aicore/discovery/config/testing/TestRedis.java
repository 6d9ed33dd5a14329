package dev.aicore.discovery.config.testing;

import dev.aicore.discovery.config.settings.RedisSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Redis for each test class, empty for each test, which can be killed, halted and started again on its port.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestRedis redis = new TestRedis();
 * }</pre>
 */
public final class TestRedis implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private @Nullable Path directory;
    private @Nullable Process process;
    private @Nullable RedisClient client;
    private @Nullable StatefulRedisConnection<String, String> connection;
    private int port;

    /** {@code redis://127.0.0.1:port}. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** How to reach it, with keys that begin with {@code test:}, and with patience for machines that have much to do. */
    public RedisSettings settings() {
        return new RedisSettings(url(), 0, "test:", 20, Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    /** To look at it and to meddle; waits until it is there. */
    public RedisCommands<String, String> commands() {
        return Objects.requireNonNull(connection).sync();
    }

    /** As {@code kill -9} does. What it had is lost. */
    public void kill() {
        running().destroyForcibly();
        running().onExit().join();
    }

    /** Starts it, or starts it again on the same port. */
    public void start() {
        try {
            if (directory == null) {
                directory = Files.createTempDirectory("redis");
            }
            if (port == 0) {
                try (var free = new ServerSocket(0)) {
                    port = free.getLocalPort();
                }
            }
            process = new ProcessBuilder(
                            program(directory).toString(),
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(port),
                            "--save",
                            "",
                            "--dir",
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("redis.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (client == null) {
            client = RedisClient.create(RedisURI.create(url()));
        }
        Awaitility.await().ignoreExceptions().until(() -> {
            if (connection == null) {
                connection = Objects.requireNonNull(client).connect();
            }
            return connection.sync().ping().equals("PONG");
        });
    }

    /** A black hole from now on: it accepts and hears, and answers nothing. */
    public void halt() {
        signal("STOP");
    }

    /** Lets it go on after {@link #halt}. */
    public void resume() {
        signal("CONT");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (running().isAlive()) {
            resume();
        } else {
            start();
        }
        commands().flushall();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Objects.requireNonNull(client).shutdown(Duration.ZERO, Duration.ofSeconds(1));
        kill();
        try (var files = Files.walk(Objects.requireNonNull(directory))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        return Objects.requireNonNull(process);
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(running().pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program(Path directory) throws IOException {
        var program = directory.resolve("redis-server");
        if (!Files.exists(program)) {
            var machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
            var system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
            try (var packed = TestRedis.class.getResourceAsStream("/redis-server-7.0.15-" + system + "-" + machine)) {
                Files.copy(Objects.requireNonNull(packed), program, StandardCopyOption.REPLACE_EXISTING);
            }
            if (!program.toFile().setExecutable(true)) {
                throw new IOException(program + " can't be made a program.");
            }
        }
        return program;
    }
}
