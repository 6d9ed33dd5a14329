package dev.aicore.discovery.projection.rebuild;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * The threads of a rebuild. They compute more than they wait, so they are the platform's, which the operating system interrupts: virtual
 * ones would hold the carriers, and whoever writes or asks would wait for a whole piece to be folded.
 */
final class RebuildThreadFactory {

    private RebuildThreadFactory() {}

    /** One that does one thing after the other. */
    static ExecutorService one(String name) {
        return Executors.newSingleThreadExecutor(named(name));
    }

    static ThreadFactory named(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }
}
