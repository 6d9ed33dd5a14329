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
 * Provides a real Redis for each test class, in a container if Docker is available and otherwise embedded. It is empty
 * for each test, and can be killed, suspended and restarted on its port.
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

    /** Returns the URL {@code redis://127.0.0.1:port}. */
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Returns settings of this server, with the key prefix {@code test:} and with long timeouts for busy machines. */
    public RedisSettings settings() {
        return new RedisSettings(url(), 0, "test:", 20, Duration.ofSeconds(2), Duration.ofSeconds(1));
    }

    /** Returns a client that reads and changes its data; waits until the server is ready. */
    public RedisCommands<String, String> commands() {
        return Objects.requireNonNull(connection).sync();
    }

    /** Kills the server like {@code kill -9}. Its data is lost. */
    public void kill() {
        host().kill();
    }

    /** Starts the server, or restarts it on the same port. */
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

    /** Suspends the server: it accepts connections and data, and doesn't answer. */
    public void halt() {
        host().halt();
    }

    /** Resumes the server after {@link #halt}. */
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
