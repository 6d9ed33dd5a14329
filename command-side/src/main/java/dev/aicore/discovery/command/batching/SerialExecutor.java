package dev.aicore.discovery.command.batching;

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
    private final String taskDescription;

    /**
     * Creates an executor. Its thread starts with the first task.
     *
     * @param name name of the thread
     * @param maxWaiting maximum number of waiting tasks; further tasks are refused
     * @param taskDescription plural name of the tasks for error messages, e.g. "API key changes"
     */
    public SerialExecutor(String name, int maxWaiting, String taskDescription) {
        this.thread = Schedulers.newBoundedElastic(1, maxWaiting, name, IDLE_SECONDS, true);
        this.taskDescription = taskDescription;
    }

    /**
     * Submits a task. Never blocks.
     *
     * @return future that fails with {@code overloaded} if too many tasks wait
     */
    public <T> CompletableFuture<T> submit(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, thread::schedule);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new RegistryException(
                    ErrorCode.OVERLOADED,
                    "Too many " + taskDescription + " are waiting. Send the request again.",
                    RETRY_AFTER));
        }
    }

    @Override
    public void close() {
        thread.dispose();
    }
}
