package dev.aicore.discovery.readmodel.cache;

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
 * Opens the connections of this process to Redis: one for reads and one for writes, so that a large write delays no
 * read. With {@code max_connections: 1} both are the same connection.
 */
public final class RedisConnections implements AutoCloseable {

    /**
     * Maximum number of commands of one connection that wait for an answer. Further commands are refused, so that a
     * Redis that accepts data but doesn't answer costs no memory.
     */
    private static final int MAX_WAITING = 4_096;

    private static final int IO_THREADS = 2;

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final int PROBES = 3;

    private final ClientResources resources;
    private final RedisKeys keys;
    private final SharedRedisConnection reading;
    private final SharedRedisConnection writing;

    /** Creates the connections without additional certificate issuers. */
    public RedisConnections(RedisSettings settings) {
        this(settings, new RedisTlsSettings(null));
    }

    /**
     * Creates the connections, which are established in the background.
     *
     * @param settings settings with a URL
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

    /** Runs an action whenever a connection was established or re-established. The action must not block. */
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
            // The certificates are read already: connections are established on event loops, which must not block.
            trust.sslContext(context -> context.trustManager(issuers));
        }
        return ClientOptions.builder()
                .sslOptions(trust.build())
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_WAITING)
                .timeoutOptions(TimeoutOptions.enabled(settings.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        // Detects a peer that vanished without closing the connection, and reconnects: by probes while
                        // nothing is sent, by unacknowledged data otherwise.
                        .keepAlive(KeepAliveOptions.builder()
                                .enable()
                                .idle(IDLE)
                                .interval(PROBE)
                                .count(PROBES)
                                .build())
                        // Other transports don't have this option, and would log this for each connection.
                        .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                                .enable(EpollProvider.isAvailable())
                                .tcpUserTimeout(IDLE.plus(PROBE.multipliedBy(PROBES)))
                                .build())
                        .build())
                .build();
    }
}
