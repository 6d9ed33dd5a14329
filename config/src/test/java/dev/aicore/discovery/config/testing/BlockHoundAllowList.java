package dev.aicore.discovery.config.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lists the blocking calls that an event loop may make in tests; any other one fails. Each of them is a short wait that
 * is accepted in production as well.
 */
public final class BlockHoundAllowList implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder hound) {
        hound
                // Log lines are written by the calling thread.
                .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
                // Netty's allocator locks a magazine for as long as it takes to hand over a chunk.
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                // A pool's queue is locked while a task is added: a submitting thread may wait for a worker.
                .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute")
                // A Redis client that created its own event loops shuts them down from one of them when it is closed.
                .allowBlockingCallsInside("io.lettuce.core.resource.DefaultClientResources", "shutdown")
                // The database driver draws a random number per connection, on its loop. This occasionally reads the
                // operating system's source of randomness, which doesn't block for long.
                .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
    }
}
