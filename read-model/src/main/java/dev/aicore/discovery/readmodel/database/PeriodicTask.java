package dev.aicore.discovery.readmodel.database;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Repeats work on the read models, one run at a time. The first failure is logged; later ones are not until a run
 * succeeds. An unavailable database is not logged, because requests report it.
 */
public final class PeriodicTask {

    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(5);

    private final Logger log;
    private final String failureText;
    private volatile boolean isFailing;
    private @Nullable Disposable runs;

    /**
     * Creates a task that isn't started yet.
     *
     * @param log logger of the owner
     * @param failureText log message of a failure, without a period
     */
    public PeriodicTask(Logger log, String failureText) {
        this.log = log;
        this.failureText = failureText;
    }

    /**
     * Starts a run at each tick. Of the ticks during a run, one waits and the others are dropped. The work must be an
     * {@link #attempt}.
     */
    public void start(Flux<Long> ticks, Function<Long, Mono<Void>> work) {
        runs = ticks.onBackpressureDrop().concatMap(work, 1).subscribe();
    }

    /** Returns work that never fails: it logs the failure instead. */
    public Mono<Void> attempt(Mono<Void> work) {
        return work.doOnSuccess(_ -> isFailing = false).onErrorResume(this::logOnce);
    }

    /** Stops the runs. Has no effect before the start. */
    public void stop() {
        if (runs != null) {
            runs.dispose();
        }
    }

    /** Stops the runs, and waits up to 5 s for a last one. */
    public void stopAfter(Mono<Void> last) {
        stop();
        try {
            last.toFuture().get(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.warn("{} at shutdown", failureText, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Mono<Void> logOnce(Throwable failure) {
        if (!Database.isUnavailable(failure) && !isFailing) {
            isFailing = true;
            log.warn(failureText, failure);
        }
        return Mono.empty();
    }
}
