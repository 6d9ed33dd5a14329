package dev.aicore.discovery.web;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import org.springframework.context.SmartLifecycle;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Ends each HTTP/1.1 connection with its next answer once the server stops. The server closes connections when the
 * requests that it found at the begin of its stop are answered; a later request on the same connection could be
 * executed and get no answer.
 */
@Sharable
final class ConnectionCloseHandler extends ChannelOutboundHandlerAdapter implements SmartLifecycle {

    private volatile boolean running = true;

    HttpServer installOn(HttpServer server) {
        return Http1ConnectionDetector.onEach(server, this::addTo);
    }

    void addTo(ChannelPipeline pipeline) {
        pipeline.addBefore(NettyPipeline.ReactiveBridge, "registry.connectionClose", this);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (!running
                && message instanceof HttpResponse response
                && response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            HttpUtil.setKeepAlive(response, false);
        }
        super.write(context, message, promise);
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    /** Returns true until the server begins to stop. */
    @Override
    public boolean isRunning() {
        return running;
    }

    /** Is stopped before the server. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
