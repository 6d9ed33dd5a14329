package dev.aicore.discovery.readmodel.cache;

import dev.aicore.discovery.config.telemetry.LogEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Shares one connection to Redis among all callers. The connection is established in the background, because the first
 * attempt blocks, and the application starts without it. Once established, it reconnects automatically. Commands never
 * wait for a connection.
 */
public final class SharedRedisConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedRedisConnection.class);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long MAX_PAUSE_MILLIS = 2_000;

    private final LettuceConnectionFactory factory;
    private final Duration timeout;
    private final CountDownLatch closing = new CountDownLatch(1);
    /**
     * Passes all commands to the connection on one thread. Factory and driver each hold a lock for a few instructions,
     * so that event loops would wait for each other there.
     */
    private final Scheduler dispatcher;

    private volatile @Nullable ReactiveStringRedisTemplate commands;
    private int failures;

    /** @param factory started factory with a shared connection; closed with this object */
    SharedRedisConnection(LettuceConnectionFactory factory, Duration timeout, String purpose) {
        this.factory = factory;
        this.timeout = timeout;
        this.dispatcher = Schedulers.newSingle(
                Thread.ofPlatform().daemon().name("redis-" + purpose).factory());
        Thread.ofVirtual().name("redis-connect-" + purpose).start(this::connect);
    }

    /**
     * Returns a publisher that runs commands when subscribed to. It fails at once while there is no connection, and
     * after the timeout if Redis doesn't answer.
     */
    public <T> Mono<T> run(Function<ReactiveStringRedisTemplate, Mono<T>> use) {
        return Mono.defer(() -> {
                    var connected = commands;
                    return connected == null ? Mono.error(new RedisUnavailableException()) : use.apply(connected);
                })
                .subscribeOn(dispatcher)
                .timeout(timeout, Mono.error(this::tooLate));
    }

    private TimeoutException tooLate() {
        return new TimeoutException("Redis did not answer within " + timeout.toMillis() + " ms.");
    }

    /** Closes the connection. A second call does nothing. */
    @Override
    public void close() {
        closing.countDown();
        factory.destroy();
        dispatcher.dispose();
    }

    private void connect() {
        try {
            long pause = FIRST_PAUSE_MILLIS;
            while (!connected()) {
                if (closing.await(pause, TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean connected() {
        try {
            // From now on the factory returns this connection.
            var _ = factory.getReactiveConnection();
            commands = new ReactiveStringRedisTemplate(factory);
            if (failures > 0) {
                LogEvent.CACHE_RECOVERED.on(LOG).log("Connected to Redis.");
            }
            return true;
        } catch (RuntimeException away) {
            if (failures++ == 0) {
                LogEvent.CACHE_UNAVAILABLE
                        .on(LOG)
                        .log("Failed to connect to Redis; will be retried: {}", String.valueOf(away.getMessage()));
            }
            return false;
        }
    }

    /**
     * Signals that a command isn't sent to Redis: there is no connection yet, or Redis failed to answer a moment ago.
     */
    public static final class RedisUnavailableException extends RuntimeException {
        public RedisUnavailableException() {
            super("Redis is unavailable; the command was not sent.", null, false, false);
        }
    }
}
