package dev.aicore.discovery.config.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Forwards connections to a server on loopback. They can be silenced as by a power failure of the remote machine: no
 * data passes, and no connection is closed. They can be cut as by a firewall that rejects: all are closed, and new ones
 * at once.
 */
public final class TcpProxy implements AutoCloseable {

    /** Small buffer, so that a sender soon notices that its data isn't read. */
    private static final int RECEIVED_AHEAD = 64 << 10;

    private final int server;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile int silenced;
    private volatile boolean isCut;

    private TcpProxy(int server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Creates a proxy for a port of this machine. */
    public static TcpProxy to(int server) {
        try {
            var listener = new ServerSocket();
            listener.setReceiveBufferSize(RECEIVED_AHEAD);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var proxy = new TcpProxy(server, listener);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Returns the number of connections since the start, including closed ones. */
    public int connections() {
        return connections.get();
    }

    /** Silences the existing connections in both directions. Later connections are forwarded. */
    public void silence() {
        silenced = connections.get();
    }

    /** Closes the existing connections, and later ones at once until {@link #restore}. */
    public void cut() {
        isCut = true;
        sockets.forEach(TcpProxy::closeQuietly);
        sockets.clear();
    }

    /** Forwards new connections again. */
    public void restore() {
        isCut = false;
    }

    @Override
    public void close() {
        closing.countDown();
        closeQuietly(listener);
        sockets.forEach(TcpProxy::closeQuietly);
    }

    private void accept() {
        try {
            while (true) {
                var caller = listener.accept();
                if (isCut) {
                    caller.close();
                    continue;
                }
                sockets.add(caller);
                var called = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(called);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> pass(number, caller, called));
                Thread.ofVirtual().start(() -> pass(number, called, caller));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void pass(int number, Socket from, Socket to) {
        var buffer = new byte[8 << 10];
        try (from;
                to) {
            for (int read = 0; read >= 0; read = from.getInputStream().read(buffer)) {
                if (number <= silenced) {
                    closing.await();
                    return;
                }
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException broken) {
            // The other direction ends with this one.
        }
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
