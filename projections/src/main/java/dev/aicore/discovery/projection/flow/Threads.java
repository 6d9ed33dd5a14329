package dev.aicore.discovery.projection.flow;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of the projections: bounded pools of daemons that tell their purpose by name. */
final class Threads {

    private Threads() {}

    static ScheduledExecutorService pool(String purpose, int size) {
        var count = new AtomicInteger();
        var pool = new ScheduledThreadPoolExecutor(size, task -> {
            var thread = new Thread(task, "projection-" + purpose + '-' + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }
}
