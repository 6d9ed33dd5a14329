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
 * Executes tasks one after another on its own thread. It is a platform thread, so that a long task does not occupy a
 * carrier of the virtual threads of the shards.
 */
public final class SerialExecutor implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int IDLE_SECONDS = 60;

    private final Scheduler thread;
    private final String things;

    /**
     * Creates an executor. Its thread starts with the first task.
     *
     * @param name name of the thread
     * @param mostWaiting maximum number of waiting tasks; further tasks are refused
     * @param things plural name of the tasks for error messages, e.g. "changes of keys"
     */
    public SerialExecutor(String name, int mostWaiting, String things) {
        this.thread = Schedulers.newBoundedElastic(1, mostWaiting, name, IDLE_SECONDS, true);
        this.things = things;
    }

    /**
     * Submits a task. Never blocks.
     *
     * @return future that fails with {@code overloaded} if too many tasks wait
     */
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
