package dev.aicore.discovery.config.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * What an event loop may do though it blocks, in tests, where every other blocking call on one fails. Each line is a short wait
 * that production takes as well.
 */
public final class BlockHoundAllowList implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder hound) {
        hound
                // Log lines are written where they arise.
                .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
                // Netty's allocator locks a magazine for as long as it takes to hand over a chunk.
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                // A pool's queue is locked for as long as it takes to add a task: who hands work over may meet a worker
                // there.
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute")
                // A client of Redis that made its loops itself ends them on one of them, when nobody uses it any more.
                .allowBlockingCallsInside("io.lettuce.core.resource.DefaultClientResources", "shutdown")
                // The driver of the database draws a number for each connection, on its loop. That reads the operating
                // system's source of randomness now and then, which doesn't run dry.
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
    }
}
