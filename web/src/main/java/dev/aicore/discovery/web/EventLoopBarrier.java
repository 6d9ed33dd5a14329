package dev.aicore.discovery.web;

import io.netty.util.concurrent.EventExecutor;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.netty.http.server.HttpServer;

/** Completes when the server has read everything that had arrived before. Costs nothing while it isn't used. */
public final class EventLoopBarrier {

    /**
     * An event loop may be in the middle of a pass, past the relevant connection; only its next pass reads that
     * connection.
     */
    private static final int PASSES = 2;

    private final Set<EventExecutor> accepting = ConcurrentHashMap.newKeySet();
    private final Set<EventExecutor> reading = ConcurrentHashMap.newKeySet();

    HttpServer installOn(HttpServer server) {
        return server.doOnBound(bound -> accepting.add(bound.channel().eventLoop()))
                .doOnChannelInit((observer, channel, remote) -> reading.add(channel.eventLoop()));
    }

    /**
     * Lets every event loop make passes over its connections, first the loops that accept connections. Completes on one
     * of the loops, or at once if there is none; never fails.
     */
    public CompletableFuture<Void> awaitReads() {
        var passed = CompletableFuture.<Void>completedFuture(null);
        for (int pass = 0; pass < PASSES; pass++) {
            passed = passed.thenCompose(_ -> runPass(accepting)).thenCompose(_ -> runPass(reading));
        }
        return passed;
    }

    private static CompletableFuture<Void> runPass(Collection<EventExecutor> loops) {
        return CompletableFuture.allOf(
                loops.stream().map(EventLoopBarrier::runPass).toArray(CompletableFuture[]::new));
    }

    /** Completes after one pass of the loop. A loop that was shut down reads nothing any more. */
    private static CompletableFuture<Void> runPass(EventExecutor loop) {
        var passed = new CompletableFuture<Void>();
        completeOnShutdown(passed, () -> loop.execute(() -> completeInNextIteration(loop, passed)));
        return passed;
    }

    /**
     * Schedules the completion from within the loop. A task that is executed may run in the same iteration as the task
     * that submits it. Netty takes a task that is scheduled there up in the next iteration, which begins with the
     * connections.
     */
    private static void completeInNextIteration(EventExecutor loop, CompletableFuture<Void> passed) {
        completeOnShutdown(passed, () -> {
            var _ = loop.schedule(() -> {}, 1, TimeUnit.NANOSECONDS).addListener(_ -> passed.complete(null));
        });
    }

    private static void completeOnShutdown(CompletableFuture<Void> passed, Runnable submission) {
        try {
            submission.run();
        } catch (RejectedExecutionException e) {
            passed.complete(null);
        }
    }
}
