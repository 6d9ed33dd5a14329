package dev.aicore.discovery.projection.processing;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Creates the threads of the projections: bounded pools of daemon threads, named after their purpose. */
final class ProjectionThreadPools {

    private ProjectionThreadPools() {}

    static ScheduledExecutorService pool(String purpose, int size) {
        return new ScheduledThreadPoolExecutor(size, named(purpose));
    }

    /** Creates the threads that read ahead for the segments. */
    static ScheduledExecutorService coordinators(int size) {
        return new ShortDelayExecutor(size, named("coordinator"));
    }

    private static ThreadFactory named(String purpose) {
        return Thread.ofPlatform()
                .daemon()
                .name("projection-" + purpose + '-', 1)
                .factory();
    }

    /**
     * Shortens two delays of Axon's coordinator. (1) It waits 100 ms whenever a segment's buffer of 1,024 events is
     * full, and nothing wakes it before; faster segments would be idle for the rest of that time. (2) After failures it
     * doubles its wait up to a minute, even if the store has long recovered.
     */
    private static final class ShortDelayExecutor extends ScheduledThreadPoolExecutor {

        private static final long FULL_BUFFER_MILLIS = 100;
        private static final long PATIENCE_MILLIS = 5;
        private static final long MAX_DELAY_MILLIS = 1_000;

        ShortDelayExecutor(int size, ThreadFactory threads) {
            super(size, threads);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            long millis = unit.toMillis(delay);
            return super.schedule(
                    task,
                    millis == FULL_BUFFER_MILLIS ? PATIENCE_MILLIS : Math.min(millis, MAX_DELAY_MILLIS),
                    TimeUnit.MILLISECONDS);
        }
    }
}
