package dev.aicore.discovery.projection.cache;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes changed services on its own thread, so that a slow publisher doesn't delay the folding of facts. */
final class AsyncChangePublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncChangePublisher.class);
    private static final int BATCH_SIZE = 16;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long MAX_PAUSE_MILLIS = 1_000;
    private static final long MAX_WAIT_MILLIS = 1_000;

    private final ChangedServiceQueue changed;
    private final LongFunction<CompletableFuture<Long>> folded;
    private final ChangePublisher publisher;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private long pause = FIRST_PAUSE_MILLIS;
    private boolean failing;

    /** @param folded returns a future that completes once the tables are complete up to a position */
    AsyncChangePublisher(
            ChangedServiceQueue changed, LongFunction<CompletableFuture<Long>> folded, ChangePublisher publisher) {
        this.changed = changed;
        this.folded = folded;
        this.publisher = publisher;
        this.thread = Thread.ofPlatform().daemon().name("service-publisher").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                publish(changed.take(BATCH_SIZE));
                if (changed.size() < BATCH_SIZE) {
                    // Limits the rate of publications of a service that changes many times a second.
                    var _ = closing.await(publisher.minIntervalMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(Map<String, Long> services) throws InterruptedException {
        try {
            await(Collections.max(services.values()));
            publisher.publish(services);
            pause = FIRST_PAUSE_MILLIS;
            if (failing) {
                failing = false;
                LOG.info("Service changes are published again.");
            }
        } catch (InterruptedException interrupted) {
            throw interrupted;
        } catch (Exception e) {
            changed.requeue(services);
            if (!failing && !RedisDocumentStore.isNotConnected(e)) {
                failing = true;
                LOG.warn("Failed to publish service changes; will be retried: {}", e.toString());
            }
            pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
            closing.await(pause, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Waits until the tables are complete up to a position. A document states the position up to which it is complete,
     * and a fact's rows are visible before that position is: a document written at once would have to be written again.
     */
    private void await(long position) throws InterruptedException, ExecutionException {
        var reached = folded.apply(position);
        try {
            reached.get(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException anotherNodeFoldsTheRest) {
            LOG.debug("Position {} is not complete yet", position);
        } finally {
            reached.cancel(false);
        }
    }

    /** Destination of changes of services. */
    @FunctionalInterface
    interface ChangePublisher {

        /**
         * Publishes changes; repeating a publication is harmless. Blocks.
         *
         * @param services changed services by name, with the position of the last fact, whose rows are committed
         * @throws Exception if the publication failed; the caller tries again later
         */
        void publish(Map<String, Long> services) throws Exception;

        /**
         * Returns the minimum time between two publications in milliseconds; changes meanwhile are published together.
         */
        default long minIntervalMillis() {
            return 0;
        }
    }
}
