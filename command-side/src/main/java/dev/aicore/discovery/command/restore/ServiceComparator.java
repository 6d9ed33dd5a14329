package dev.aicore.discovery.command.restore;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.AsOfPoint;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Compares a service with its earlier state, as soon as the read models reflect all facts. */
final class ServiceComparator implements AutoCloseable {

    /**
     * Maximum number of instances; a larger service is refused, because a service is restored completely or not at all.
     */
    static final int MAX_INSTANCES = 2_000;

    private static final int CONNECTIONS = 2;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ServiceComparisonReader reader;
    private final TimeSource time;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            CONNECTIONS, Thread.ofVirtual().name("restore").factory());
    private final Scheduler scheduler = Schedulers.fromExecutorService(threads);

    ServiceComparator(ServiceComparisonReader reader, TimeSource time) {
        this.reader = reader;
        this.time = time;
    }

    /**
     * Compares a service. Fails with {@code not_yet_visible} if the read models don't catch up in time, and with
     * {@code store_unavailable}.
     */
    Mono<ServiceComparison> compare(String service, AsOfPoint asOf) {
        return Mono.fromCallable(() -> reader.read(service, asOf, time.now(), MAX_INSTANCES + 1))
                .subscribeOn(scheduler)
                .flatMap(Mono::justOrEmpty)
                .repeatWhenEmpty(looks -> looks.delayElements(POLL_INTERVAL))
                .timeout(TIMEOUT, Mono.error(ServiceComparator::notYet))
                .onErrorMap(
                        failure -> failure instanceof DataAccessException || failure instanceof TransactionException,
                        failure -> unavailable())
                .doOnNext(ServiceComparator::requireBounds);
    }

    @Override
    public void close() {
        scheduler.dispose();
    }

    private static void requireBounds(ServiceComparison serviceComparison) {
        if (serviceComparison.then().size() > MAX_INSTANCES
                || serviceComparison.now().size() > MAX_INSTANCES) {
            throw new RegistryException(
                    ErrorCode.VALIDATION_FAILED,
                    "The service has more than " + MAX_INSTANCES + " instances, too many for one request.",
                    new FieldError("service_name", "has too many instances", null, "at most " + MAX_INSTANCES));
        }
    }

    private static RegistryException notYet() {
        return new RegistryException(
                ErrorCode.NOT_YET_VISIBLE,
                "The read models do not reflect all facts yet, so the differences are not known.",
                RETRY_AFTER);
    }

    private static RegistryException unavailable() {
        return new RegistryException(
                ErrorCode.STORE_UNAVAILABLE, "The registry's database doesn't answer.", RETRY_AFTER);
    }
}
