package dev.aicore.discovery.bench.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Serves many ports with one thread, at minimal cost per check. Arguments: the numbers of HTTP, TCP and silent ports.
 */
public final class TargetServer {

    private static final int BACKLOG = 1_024;
    private static final int END_OF_REQUEST = 0x0d0a0d0a;

    /** Behaviour of a port. */
    private enum Kind {
        HTTP,
        TCP,
        SILENT
    }

    /** State of a connection: its kind and its last four received bytes. */
    private static final class Line {
        private final Kind kind;
        private int last;

        private Line(Kind kind) {
            this.kind = kind;
        }
    }

    private final Selector selector = Selector.open();
    private final ByteBuffer read = ByteBuffer.allocateDirect(16 * 1024);
    private final ByteBuffer answer;

    private TargetServer() throws IOException {
        var text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
        answer = ByteBuffer.allocateDirect(text.length).put(text).flip();
    }

    /** Prints the ports of each kind in one line, and serves them. */
    public static void main(String... arguments) throws IOException {
        var server = new TargetServer();
        var line = new StringBuilder("targets");
        var kinds = Kind.values();
        for (int kind = 0; kind < kinds.length; kind++) {
            int ports = Integer.parseInt(arguments[kind]);
            line.append(' ').append(kinds[kind]).append('=');
            for (int i = 0; i < ports; i++) {
                line.append(i == 0 ? "" : ",").append(server.listen(kinds[kind]));
            }
        }
        System.out.println(line);
        server.serve();
    }

    private int listen(Kind kind) throws IOException {
        var listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress("0.0.0.0", 0), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT, kind);
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    private void serve() throws IOException {
        while (true) {
            selector.select(this::serve);
        }
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel(), (Kind) key.attachment());
            } else {
                read(key, (SocketChannel) key.channel(), (Line) key.attachment());
            }
        } catch (IOException left) {
            key.cancel();
        }
    }

    private void accept(ServerSocketChannel listener, Kind kind) throws IOException {
        for (var caller = listener.accept(); caller != null; caller = listener.accept()) {
            caller.configureBlocking(false);
            caller.register(selector, SelectionKey.OP_READ, new Line(kind));
        }
    }

    private void read(SelectionKey key, SocketChannel caller, Line line) throws IOException {
        read.clear();
        int count;
        try {
            count = caller.read(read);
        } catch (IOException reset) {
            count = -1;
        }
        if (count < 0) {
            key.cancel();
            caller.close();
            return;
        }
        read.flip();
        while (line.kind == Kind.HTTP && read.hasRemaining()) {
            line.last = (line.last << 8) | (read.get() & 0xff);
            if (line.last == END_OF_REQUEST) {
                caller.write(answer.duplicate());
            }
        }
    }
}
