package dev.aicore.discovery.config.testing;

import dev.aicore.discovery.config.settings.RedisSettings;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Redis for each test class, in a container where Docker is and embedded elsewhere: empty for each test, and to be killed,
 * halted and started again on its port.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestRedis redis = new TestRedis();
 * }</pre>
 */
public final class TestRedis implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private @Nullable RedisHost host;
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
        host().kill();
    }

    /** Starts it, or starts it again on the same port. */
    public void start() {
        if (host == null) {
            port = freePort();
            host = ContainerRuntime.start("Redis", ContainerRedis.IMAGE, () -> ContainerRedis.container(port))
                    .<RedisHost>map(ContainerRedis::new)
                    .orElseGet(() -> new EmbeddedRedis(port));
            client = RedisClient.create(RedisURI.create(url()));
        }
        host().start();
        Awaitility.await().ignoreExceptions().until(() -> {
            if (connection == null) {
                connection = Objects.requireNonNull(client).connect();
            }
            return connection.sync().ping().equals("PONG");
        });
    }

    /** A black hole from now on: it accepts and hears, and answers nothing. */
    public void halt() {
        host().halt();
    }

    /** Lets it go on after {@link #halt}. */
    public void resume() {
        host().resume();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (host().isRunning()) {
            resume();
        } else {
            start();
        }
        commands().flushall();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Objects.requireNonNull(client).shutdown(Duration.ZERO, Duration.ofSeconds(1));
        host().close();
    }

    private RedisHost host() {
        return Objects.requireNonNull(host);
    }

    private static int freePort() {
        try (var free = new ServerSocket(0)) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
