package dev.aicore.discovery.client;

import dev.aicore.discovery.client.http.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Repetition of updates that have the same effect once or twice: while no node answers, as during the takeover of
 * another node, for a bounded time. One thread at a time sends; any may stop it.
 */
final class UpdateRetry implements AutoCloseable {

    /** Time for the answer to one attempt. Another node may answer the next one. */
    private static final Duration ATTEMPT = Duration.ofSeconds(5);

    private final RegistryRequests requests;
    private final ClientTime time;
    private final Duration timeout;
    private final TaskPause pause;
    private final AtomicInteger stops = new AtomicInteger();
    private volatile boolean closed;

    /**
     * Creates a repetition.
     *
     * @param timeout time over all attempts
     */
    UpdateRetry(RegistryRequests requests, ClientTime time, Duration timeout) {
        this.requests = requests;
        this.time = time;
        this.timeout = timeout;
        this.pause = new TaskPause(time);
    }

    /**
     * Sends an update until it is answered.
     *
     * @throws RegistryRequestException if the registry refuses it, or if no node answers in time
     */
    void send(String path, Map<String, Object> change) {
        long end = time.nanoTime() + timeout.toNanos();
        int stopsBefore = stops.get();
        var backoff = new Backoff(ThreadLocalRandom.current());
        while (true) {
            try {
                requests.updateWithin(attempt(end), path, change);
                return;
            } catch (RegistryRequestException e) {
                Duration next = backoff.next();
                boolean isOver = closed || end - time.nanoTime() <= next.toNanos();
                if (isOver || RegistryRequests.isPermanent(e) || !waits(next) || stops.get() != stopsBefore) {
                    throw e;
                }
            }
        }
    }

    private Duration attempt(long end) {
        return Duration.ofNanos(Math.min(ATTEMPT.toNanos(), end - time.nanoTime()));
    }

    /** Returns false if the thread was interrupted. */
    private boolean waits(Duration next) {
        try {
            pause.await(next);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Repeats the present update no more. */
    void stop() {
        stops.incrementAndGet();
        pause.wake();
    }

    /** Repeats nothing from now on. */
    @Override
    public void close() {
        closed = true;
        stop();
    }
}
