package dev.aicore.discovery.dialect.dns;

import dev.aicore.discovery.access.NetworkRateLimiter;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Answers queries over UDP. Drops those of an address that sends too many, and answers that the socket can't take. */
final class DnsDatagramHandler extends SimpleChannelInboundHandler<DatagramPacket> {

    private final DnsResponder responder;
    private final NetworkRateLimiter rateLimiter;
    private final DnsMetrics metrics;
    private boolean reading;

    DnsDatagramHandler(DnsResponder responder, NetworkRateLimiter rateLimiter, DnsMetrics metrics) {
        this.responder = responder;
        this.rateLimiter = rateLimiter;
        this.metrics = metrics;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        var sender = packet.sender();
        InetAddress source = sender.getAddress();
        // A client can't use port 0, so such an address is forged.
        if (sender.getPort() == 0 || !rateLimiter.tryAcquire(source)) {
            metrics.countDropped();
            return;
        }
        reading = true;
        responder
                .respond(ByteBufUtil.getBytes(packet.content()), source, true)
                .subscribe(answer -> write(context, answer, sender));
    }

    private void write(ChannelHandlerContext context, byte[] answer, InetSocketAddress receiver) {
        if (context.executor().inEventLoop()) {
            if (!context.channel().isWritable()) {
                metrics.countDropped();
                return;
            }
            var packet = new DatagramPacket(Unpooled.wrappedBuffer(answer), receiver);
            // Answers to the packets of one read are sent together.
            var _ = context.write(packet, context.voidPromise());
            if (!reading) {
                context.flush();
            }
        } else {
            context.executor().execute(() -> write(context, answer, receiver));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        // An answer that can't be sent, such as one to an unreachable address, concerns only its client.
        metrics.countDropped();
    }
}
