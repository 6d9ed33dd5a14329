package dev.aicore.discovery.command.concurrent;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Does one thing after the other, on a thread of its own. The thread is the platform's: what takes long must not take a carrier from
 * the shards' threads.
 */
public final class SerialExecutor implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int IDLE_SECONDS = 60;

    private final Scheduler thread;
    private final String things;

    /**
     * Does nothing yet.
     *
     * @param name of the thread
     * @param mostWaiting beyond them whoever comes is refused
     * @param things what they are, as a refusal calls them, such as "changes of keys"
     */
    public SerialExecutor(String name, int mostWaiting, String things) {
        this.thread = Schedulers.newBoundedElastic(1, mostWaiting, name, IDLE_SECONDS, true);
        this.things = things;
    }

    /** Has it done in its turn. Never blocks; fails with {@code overloaded} if too many wait. */
    public <T> CompletableFuture<T> take(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread::schedule);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new RegistryException(
                    ErrorCode.OVERLOADED, "Too many " + things + " are waiting. Send it again.", RETRY_AFTER));
        }
    }

    @Override
    public void close() {
        thread.dispose();
    }
}
