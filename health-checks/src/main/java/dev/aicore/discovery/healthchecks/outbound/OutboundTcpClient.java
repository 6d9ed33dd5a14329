package dev.aicore.discovery.healthchecks.outbound;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** Opens TCP connections and closes them gracefully. */
public final class OutboundTcpClient {

    /** Longer than any sensible network needs; a caller with a shorter timeout cancels. */
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
     * Completes when the connection is established. Nothing is sent on it, and it is closed in the background.
     * Cancelling aborts the attempt.
     *
     * @return fails only with {@link OutboundException}
     */
    @SuppressWarnings("FutureReturnValueIgnored") // no one waits for a cancelled attempt
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
