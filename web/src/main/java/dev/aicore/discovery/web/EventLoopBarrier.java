package dev.aicore.discovery.web;

import io.netty.util.concurrent.EventExecutor;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import reactor.netty.http.server.HttpServer;

/** Tells when everything has been read that had arrived at the server before. It costs nothing while nobody asks. */
public final class EventLoopBarrier {

    /** A loop may be amid its connections when it is asked, and past the one that matters: its next pass reads that one. */
    private static final int PASSES = 2;

    private final Set<EventExecutor> accepting = ConcurrentHashMap.newKeySet();
    private final Set<EventExecutor> reading = ConcurrentHashMap.newKeySet();

    HttpServer installOn(HttpServer server) {
        return server.doOnBound(bound -> accepting.add(bound.channel().eventLoop()))
                .doOnChannelInit((observer, channel, remote) -> reading.add(channel.eventLoop()));
    }

    /**
     * Asks every event loop for a pass over its connections, those that accept them first. Completes on one of the loops, or at once if
     * there is none; never fails.
     */
    public CompletableFuture<Void> allRead() {
        var passed = CompletableFuture.<Void>completedFuture(null);
        for (int pass = 0; pass < PASSES; pass++) {
            passed = passed.thenCompose(_ -> pass(accepting)).thenCompose(_ -> pass(reading));
        }
        return passed;
    }

    private static CompletableFuture<Void> pass(Collection<EventExecutor> loops) {
        return CompletableFuture.allOf(
                loops.stream().map(EventLoopBarrier::pass).toArray(CompletableFuture[]::new));
    }

    /** Completes after the loop has read its connections once more. A loop that is shut down reads nothing, and completes at once. */
    private static CompletableFuture<Void> pass(EventExecutor loop) {
        var passed = new CompletableFuture<Void>();
        completeOnShutdown(passed, () -> loop.execute(() -> completeInNextIteration(loop, passed)));
        return passed;
    }

    /**
     * Schedules the completion from within the loop. A task that is executed may run in the same iteration as the task that submits it. Netty takes a
     * task that is scheduled there up in the next iteration, which begins with the connections.
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
