package dev.aicore.discovery.readmodel.redis;

import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.config.settings.RedisTlsSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.event.connection.ConnectionActivatedEvent;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EpollProvider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The connections of this process to Redis: one to read by and one to write by, so that a large write delays no reader. With
 * {@code max_connections: 1} they are the same.
 */
public final class RedisConnections implements AutoCloseable {

    /** Commands of one connection that may wait for an answer; more are refused, so that a Redis that hears and is silent costs no memory. */
    private static final int MAX_WAITING = 4_096;

    private static final int IO_THREADS = 2;

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final int PROBES = 3;

    private final ClientResources resources;
    private final RedisKeys keys;
    private final SharedRedisConnection reading;
    private final SharedRedisConnection writing;

    /** Without issuers of its own. */
    public RedisConnections(RedisSettings settings) {
        this(settings, new RedisTlsSettings(null));
    }

    /**
     * Connects in the background.
     *
     * @param settings with a URL
     */
    public RedisConnections(RedisSettings settings, RedisTlsSettings tls) {
        this.keys = new RedisKeys(settings.prefix());
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(IO_THREADS)
                .computationThreadPoolSize(2)
                .reconnectDelay(
                        () -> Delay.exponential(Duration.ofMillis(50), Duration.ofSeconds(2), 2, TimeUnit.MILLISECONDS))
                .build();
        this.reading = link(settings, tls, "reading");
        this.writing = settings.maxConnections() < 2 ? reading : link(settings, tls, "writing");
    }

    public RedisKeys keys() {
        return keys;
    }

    public SharedRedisConnection reading() {
        return reading;
    }

    public SharedRedisConnection writing() {
        return writing;
    }

    /** Calls it whenever a connection was made, or made again; it must not block. */
    public void onConnected(Runnable what) {
        var _ = resources
                .eventBus()
                .get()
                .ofType(ConnectionActivatedEvent.class)
                .subscribe(made -> what.run());
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private SharedRedisConnection link(RedisSettings settings, RedisTlsSettings tls, String purpose) {
        var uri = RedisURI.create(Objects.requireNonNull(settings.url()));
        var server = (RedisStandaloneConfiguration) LettuceConnectionFactory.createRedisConfiguration(uri);
        if (uri.getDatabase() == 0) {
            server.setDatabase(settings.database());
        }
        var client = LettuceClientConfiguration.builder()
                .clientResources(resources)
                .clientName("service-discovery-" + purpose)
                .commandTimeout(settings.commandTimeout())
                .shutdownTimeout(Duration.ZERO)
                .clientOptions(options(settings, tls));
        if (uri.isSsl()) {
            client.useSsl();
        }
        var factory = new LettuceConnectionFactory(server, client.build());
        factory.setEagerInitialization(false);
        factory.afterPropertiesSet();
        factory.start();
        return new SharedRedisConnection(factory, settings.commandTimeout(), purpose);
    }

    private static ClientOptions options(RedisSettings settings, RedisTlsSettings tls) {
        var issuers = tls.issuers().toArray(X509Certificate[]::new);
        var trust = SslOptions.builder().jdkSslProvider();
        if (issuers.length > 0) {
            // Read already: whoever connects is an event loop.
            trust.sslContext(context -> context.trustManager(issuers));
        }
        return ClientOptions.builder()
                .sslOptions(trust.build())
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_WAITING)
                .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        // A peer that went without a farewell is found out, and the connection made anew: by probes
                        // while nothing is sent, and by what isn't acknowledged otherwise.
                        .keepAlive(KeepAliveOptions.builder()
                                .enable()
                                .idle(IDLE)
                                .interval(PROBE)
                                .count(PROBES)
                                .build())
                        // Elsewhere there is no such option, which would be said of each connection.
                        .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                                .enable(EpollProvider.isAvailable())
                                .tcpUserTimeout(IDLE.plus(PROBE.multipliedBy(PROBES)))
                                .build())
                        .build())
                .build();
    }
}
