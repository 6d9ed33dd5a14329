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
 * Ends a connection as soon as it is there, in order: it says that nothing will come, reads what the other says, and waits for the
 * other to end too. A close with unread bytes would be a reset (RFC 2525, section 2.17), which servers log as an error. A server that
 * doesn't end in its turn, or talks without end, is hung up on.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // of a connection that nobody waits for
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
