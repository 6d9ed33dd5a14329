package dev.aicore.discovery.web;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.ChannelOperations;

/**
 * Provides the event loop of a request's connection. It writes the answer in any case, so results from other threads
 * are turned into answers on it.
 */
public final class ConnectionEventLoop {

    private ConnectionEventLoop() {}

    /**
     * Returns a scheduler on the event loop of the request's connection. For a request that didn't arrive over a
     * network, returns one that runs on the calling thread.
     */
    public static Scheduler of(ServerHttpRequest request) {
        Object received = ServerHttpRequestDecorator.getNativeRequest(request);
        return received instanceof ChannelOperations<?, ?> operations
                ? Schedulers.fromExecutor(operations.channel().eventLoop())
                : Schedulers.immediate();
    }
}
