package dev.aicore.discovery.readmodel.database;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.data.r2dbc.core.R2dbcEntityTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Runs statements on PostgreSQL. Fails with {@code store_unavailable} if PostgreSQL is unavailable, too slow or
 * overloaded, so an answer without rows always means that there are none.
 */
public final class Database implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ConnectionPool pool;
    private final R2dbcEntityTemplate template;
    private final Duration timeout;
    private final StoreCircuitBreaker storeCircuitBreaker;
    private final AtomicBoolean outage = new AtomicBoolean();

    /**
     * Creates a database on a connection pool.
     *
     * @param pool closed together with this object
     * @param timeout for acquiring a connection and reading all rows of one statement
     * @param storeCircuitBreaker stops statements while PostgreSQL doesn't answer; {@link #isUnavailable} decides which
     * failures count
     */
    public Database(ConnectionPool pool, Duration timeout, StoreCircuitBreaker storeCircuitBreaker) {
        this.pool = pool;
        this.template = new R2dbcEntityTemplate(pool);
        this.timeout = timeout;
        this.storeCircuitBreaker = storeCircuitBreaker;
    }

    /**
     * Runs one statement when subscribed to. Fails with {@code store_unavailable} if PostgreSQL doesn't answer in time.
     */
    public <T> Mono<T> run(Function<DatabaseClient, Mono<T>> statement) {
        return select(statement.getClass(), entities -> statement.apply(entities.getDatabaseClient()));
    }

    /**
     * Maps a class of entities now. Otherwise its first use would do so, under a lock for which other event loops would
     * wait.
     */
    public void register(Class<?> entity) {
        var _ = template.getConverter().getMappingContext().getRequiredPersistentEntity(entity);
    }

    /**
     * Selects entities of registered classes when subscribed to. Fails with {@code store_unavailable} if PostgreSQL
     * doesn't answer in time.
     */
    public <T> Mono<T> select(Function<R2dbcEntityTemplate, Mono<T>> query) {
        return select(query.getClass(), query);
    }

    /** @param statement class of the lambda expression, whose name begins with that of the class that has it */
    private <T> Mono<T> select(Class<?> statement, Function<R2dbcEntityTemplate, Mono<T>> query) {
        return storeCircuitBreaker.protect(
                TracedSpan.record(
                                () -> nameOf(statement),
                                "postgresql",
                                Mono.defer(() -> withTimeout(query.apply(template))))
                        .doOnSuccess(rows -> logRecovery())
                        .onErrorMap(Database::isOutage, this::outage),
                Database::unavailable);
    }

    private static String nameOf(Class<?> statement) {
        var name = statement.getSimpleName();
        int lambda = name.indexOf("$$");
        return lambda < 0 ? name : name.substring(0, lambda);
    }

    /** Returns true if the failure is the one that {@link #run} reports when PostgreSQL is unavailable. */
    public static boolean isUnavailable(Throwable failure) {
        return failure instanceof RegistryException refusal && refusal.code() == ErrorCode.STORE_UNAVAILABLE;
    }

    @Override
    public void close() {
        pool.dispose();
    }

    private <T> Mono<T> withTimeout(Mono<T> answer) {
        var connectionUse = new ConnectionUse();
        return answer.doOnCancel(connectionUse::cancel)
                .contextWrite(connectionUse::addTo)
                .timeout(Mono.delay(timeout).doOnNext(_ -> connectionUse.abandon()), Mono.error(this::tooLate));
    }

    private TimeoutException tooLate() {
        return new TimeoutException("PostgreSQL did not answer within " + timeout.toMillis() + " ms.");
    }

    /**
     * Returns true if a failure means that PostgreSQL is unavailable. A statement that PostgreSQL understood and
     * rejected is a bug in the registry; a retry would not help.
     */
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

    /** Logs the begin of an outage once rather than per request: there may be thousands of requests per second. */
    private RegistryException outage(Throwable failure) {
        if (!outage.getAndSet(true)) {
            // Spring's exception doesn't say whether a connection was refused, too slow to open, or not available in
            // time.
            var cause = NestedExceptionUtils.getMostSpecificCause(failure);
            LogEvent.READS_FAILED
                    .on(log)
                    .log("Reads from PostgreSQL fail or time out: {}, {}", failure.toString(), cause.toString());
        }
        return unavailable();
    }

    private static RegistryException unavailable() {
        return new RegistryException(
                ErrorCode.STORE_UNAVAILABLE, "The registry's database doesn't answer.", RETRY_AFTER);
    }

    private void logRecovery() {
        if (outage.get() && outage.getAndSet(false)) {
            LogEvent.READS_RECOVERED.on(log).log("Reads from PostgreSQL succeed again");
        }
    }
}
