package dev.aicore.discovery.healthchecks.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection gracefully as soon as it is established. Shuts down the output, discards what the server sends,
 * and waits until the server closes too. Closing with unread bytes would send a reset (RFC 2525, section 2.17), which
 * servers log as an error. Closes the connection forcibly if the server doesn't close within {@code MAX_SECONDS} or
 * sends more than {@code MAX_BYTES}.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // no one waits for this connection
final class GracefulCloseHandler extends ChannelInboundHandlerAdapter {

    private static final int MAX_SECONDS = 1;
    private static final int MAX_BYTES = 64 * 1024;
    private static final AttributeKey<Integer> READ = AttributeKey.valueOf(GracefulCloseHandler.class, "read");

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var channel = (SocketChannel) context.channel();
        channel.shutdownOutput();
        var hangUp = context.executor().schedule((Runnable) channel::close, MAX_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> hangUp.cancel(false));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var read = context.channel().attr(READ);
        int before = read.get() == null ? 0 : read.get();
        int now = before + (message instanceof ByteBuf bytes ? bytes.readableBytes() : 0);
        ReferenceCountUtil.release(message);
        read.set(now);
        if (now > MAX_BYTES) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
