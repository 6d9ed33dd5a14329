package dev.aicore.discovery.healthchecks.outbound;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** Connects, and says goodbye as TCP has it. */
public final class OutboundTcpClient {

    /** Longer than any sensible network takes; whoever waits less long cancels. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Bootstrap bootstrap;

    OutboundTcpClient(LoopResources loops) {
        EventLoopGroup group = loops.onClient(true);
        this.bootstrap = new Bootstrap()
                .group(group)
                .channel(loops.onChannelClass(SocketChannel.class, group))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                .handler(new GracefulCloseHandler());
    }

    /**
     * Completes when there is a connection, on which nothing is sent and which is then closed in the background. Cancelled, it gives
     * up the attempt.
     *
     * @return fails with {@link OutboundException} alone
     */
    @SuppressWarnings("FutureReturnValueIgnored") // of an attempt that nobody waits for any more
    public Mono<Void> connect(AllowedAddress target) {
        return Mono.create(sink -> {
            var attempt = bootstrap.connect(target.socketAddress());
            attempt.addListener(done -> {
                if (done.isSuccess()) {
                    sink.success();
                } else if (!done.isCancelled()) {
                    sink.error(ConnectionFailureClassifier.classify(done.cause()));
                }
            });
            sink.onCancel(() -> attempt.channel().close());
        });
    }
}
