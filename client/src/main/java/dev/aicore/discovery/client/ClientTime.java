package dev.aicore.discovery.client;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Clock and timer of a client, and its only source of time. Durations are measured with {@link #nanoTime}, so that a
 * jump of the wall clock has no effect on them. Tests replace it.
 */
public interface ClientTime extends InstantSource, AutoCloseable {

    /** Returns nanoseconds since an arbitrary point, as {@link System#nanoTime}. */
    long nanoTime();

    /**
     * Runs a task once after a delay, on a daemon thread. The task may block for seconds: tasks don't delay each other
     * unless there are more than a few at once.
     *
     * @return cancels the task unless it has started
     */
    Runnable schedule(Duration delay, Runnable task);

    /** Cancels all tasks and ends the threads. */
    @Override
    void close();
}
