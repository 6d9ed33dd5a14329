package dev.aicore.discovery.config.web;

import dev.aicore.discovery.config.time.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.http.server.HttpServer;

/** Closes connections beyond a number before anything is read from them, so that a crowd costs others no memory. */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {

    static final String METER = "service_discovery.connections.refused";

    private static final Logger log = LoggerFactory.getLogger(ConnectionLimit.class);
    private static final long SILENCE = Duration.ofMinutes(1).toNanos();

    private final int most;
    private final Counter counter;
    private final TimeSource time;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder refused = new LongAdder();
    private final AtomicLong quietUntil;

    ConnectionLimit(int most, MeterRegistry registry, TimeSource time) {
        this.most = most;
        this.counter = Counter.builder(METER)
                .description("Connections that were closed since as many were open as may be.")
                .register(registry);
        this.time = time;
        this.quietUntil = new AtomicLong(time.nanos());
    }

    HttpServer installOn(HttpServer server) {
        return server.doOnChannelInit(
                (observer, channel, remote) -> channel.pipeline().addFirst("registry.connectionLimit", this));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        if (open.incrementAndGet() > most) {
            refused.increment();
            counter.increment();
            tell();
            ChannelFuture _ = context.close();
        } else {
            super.channelActive(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        open.decrementAndGet();
        super.channelInactive(context);
    }

    /** Once a minute at most. */
    private void tell() {
        long until = quietUntil.get();
        long now = time.nanos();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + SILENCE)) {
            log.warn(
                    "{} connections are open, which is server.max_connections; {} more were closed since the last such line.",
                    most,
                    refused.sumThenReset());
        }
    }
}
