package dev.aicore.discovery.projection.rebuild;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * Creates the threads of a rebuild. They are platform threads, which the operating system preempts, because they
 * compute more than they wait: virtual threads would occupy the carriers, and requests would wait until a whole batch
 * is folded.
 */
final class RebuildThreadFactory {

    private RebuildThreadFactory() {}

    /** Creates an executor with one thread. */
    static ExecutorService one(String name) {
        return Executors.newSingleThreadExecutor(named(name));
    }

    static ThreadFactory named(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }
}
