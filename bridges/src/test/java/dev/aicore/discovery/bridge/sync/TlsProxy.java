package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.config.testing.TestCertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** TLS in front of a server on loopback that has none. */
public final class TlsProxy implements AutoCloseable {

    private final int server;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private TlsProxy(int server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /**
     * Creates a proxy for a port of this machine.
     *
     * @param authority issuer of {@link TestCertificateAuthority#ofServer}
     */
    public static TlsProxy to(int server, TestCertificateAuthority authority) throws IOException {
        var factory = authority.client("server").getServerSocketFactory();
        var proxy = new TlsProxy(server, factory.createServerSocket(0, 0, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var caller = listener.accept();
                var called = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(caller);
                sockets.add(called);
                Thread.ofVirtual().start(() -> forward(caller, called));
                Thread.ofVirtual().start(() -> forward(called, caller));
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Forwards one direction until its end, or until a handshake fails. */
    private void forward(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The other direction ends likewise.
        } finally {
            sockets.remove(from);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
