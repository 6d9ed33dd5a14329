package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import dev.aicore.discovery.projection.processing.ProjectionProcessor.ProjectionException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.TransactionException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Runs blocking database queries of requests on threads that may block. */
public final class BlockingQueryExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(BlockingQueryExecutor.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Scheduler blocking;

    /** @param blocking scheduler of the queries */
    public BlockingQueryExecutor(Scheduler blocking) {
        this.blocking = blocking;
    }

    /** Returns the result of a query. Fails with {@code store_unavailable} if the database doesn't answer. */
    public <T> Mono<T> execute(Callable<T> question) {
        return Mono.fromCallable(question)
                .subscribeOn(blocking)
                .onErrorMap(BlockingQueryExecutor::isUnavailable, BlockingQueryExecutor::unavailable);
    }

    private static boolean isUnavailable(Throwable failure) {
        return failure instanceof StoreUnavailableException
                || failure instanceof ProjectionException
                || failure instanceof TransactionException;
    }

    private static RegistryException unavailable(Throwable failure) {
        LOG.warn("Failed to query the database: {}", failure.getMessage());
        return new RegistryException(
                ErrorCode.STORE_UNAVAILABLE, "The registry's database doesn't answer.", RETRY_AFTER);
    }
}
