package dev.aicore.discovery.query.database;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Runs statements, and says {@code store_unavailable} where PostgreSQL is away, too slow or too busy: an answer without rows
 * always means that there are none.
 */
public final class Database implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ConnectionPool pool;
    private final DatabaseClient client;
    private final Duration timeout;
    private final StoreCircuitBreaker storeCircuitBreaker;
    private final AtomicBoolean outage = new AtomicBoolean();

    /**
     * @param pool closed with this
     * @param timeout for getting a connection and all rows of one statement
     * @param storeCircuitBreaker stops asking while PostgreSQL doesn't answer; {@link #isUnavailable} is its failure
     */
    public Database(ConnectionPool pool, Duration timeout, StoreCircuitBreaker storeCircuitBreaker) {
        this.pool = pool;
        this.client = DatabaseClient.create(pool);
        this.timeout = timeout;
        this.storeCircuitBreaker = storeCircuitBreaker;
    }

    /** Runs one statement when subscribed to. Fails with {@code store_unavailable} if PostgreSQL doesn't answer in time. */
    public <T> Mono<T> run(Function<DatabaseClient, Mono<T>> statement) {
        return storeCircuitBreaker.guard(
                Mono.defer(() -> inTime(statement.apply(client)))
                        .doOnSuccess(rows -> back())
                        .onErrorMap(Database::isOutage, this::outage),
                Database::unavailable);
    }

    /** Whether that is how a database fails here that is away. */
    public static boolean isUnavailable(Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.code() == ErrorCode.STORE_UNAVAILABLE;
    }

    @Override
    public void close() {
        pool.dispose();
    }

    private <T> Mono<T> inTime(Mono<T> answer) {
        var connectionUse = new ConnectionUse();
        return answer.doOnCancel(connectionUse::leave)
                .contextWrite(connectionUse::in)
                .timeout(Mono.delay(timeout).doOnNext(_ -> connectionUse.abandon()), Mono.error(this::tooLate));
    }

    private TimeoutException tooLate() {
        return new TimeoutException("PostgreSQL didn't answer within " + timeout.toMillis() + " ms.");
    }

    /** A statement that PostgreSQL understood and refused is a fault of ours, and no reason to try again. */
    private static boolean isOutage(Throwable failure) {
        return switch (failure) {
            case InvalidDataAccessResourceUsageException ours -> false;
            case DataIntegrityViolationException ours -> false;
            case DataAccessException theirs -> true;
            case R2dbcException theirs -> true;
            case TimeoutException late -> true;
            case IOException broken -> true;
            default -> false;
        };
    }

    /** Said once, not for each request: there may be thousands a second. */
    private RegistryException outage(Throwable failure) {
        if (!outage.getAndSet(true)) {
            log.warn("PostgreSQL can't be read, or is too slow: {}", failure.toString());
        }
        return unavailable();
    }

    private static RegistryException unavailable() {
        return new RegistryException(
                ErrorCode.STORE_UNAVAILABLE, "The registry's database doesn't answer.", RETRY_AFTER);
    }

    private void back() {
        if (outage.get() && outage.getAndSet(false)) {
            log.info("PostgreSQL can be read again");
        }
    }
}
