package dev.aicore.discovery.web;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.ChannelOperations;

/** The event loop of a request's connection, which writes the answer anyway: what another thread has ready is made an answer there. */
public final class ConnectionEventLoop {

    private ConnectionEventLoop() {}

    /** That of this request; where it didn't come over a network, whatever thread there is. */
    public static Scheduler of(ServerHttpRequest request) {
        Object received = ServerHttpRequestDecorator.getNativeRequest(request);
        return received instanceof ChannelOperations<?, ?> operations
                ? Schedulers.fromExecutor(operations.channel().eventLoop())
                : Schedulers.immediate();
    }
}
