package dev.aicore.discovery.healthchecks.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** Server on loopback that runs a script for each connection, including protocol violations. */
final class ScriptedTcpServer implements AutoCloseable {

    /** Lines of a complete response. */
    static final String[] OK = {"HTTP/1.1 200 OK", "Content-Length: 2", "", "ok"};

    private static final int PATIENCE_SECONDS = 30;

    private final ServerSocket listener;
    private final Conversation conversation;
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore ended = new Semaphore(0);

    ScriptedTcpServer(Conversation conversation) throws IOException {
        this(ServerSocketFactory.getDefault(), conversation);
    }

    ScriptedTcpServer(ServerSocketFactory factory, Conversation conversation) throws IOException {
        this.listener = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.conversation = conversation;
        Thread.ofVirtual().start(this::accept);
    }

    /** Creates a server that reads requests without bodies and sends the lines to each. */
    static ScriptedTcpServer answering(String... lines) throws IOException {
        return new ScriptedTcpServer(socket -> {
            while (!read(socket).isEmpty()) {
                write(socket, lines);
            }
        });
    }

    /**
     * Returns a socket that is bound but does not listen: its port refuses connections and can't be taken by another
     * process.
     */
    static Socket refusing() throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }

    /** Waits until the total number of connections since the start reaches a count. */
    void awaitConnections(int count) {
        await().until(() -> connections.get() >= count);
        assertThat(connections).hasValue(count);
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** Waits until a conversation reaches the point at which the test may continue. */
    void awaitBegun() throws InterruptedException {
        assertThat(begun.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("a connection")
                .isTrue();
    }

    /** Waits until a conversation has ended. */
    void awaitEnded() throws InterruptedException {
        assertThat(ended.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("end of the connection")
                .isTrue();
    }

    /** Returns the head of one request as lines; empty at the end of the stream. */
    static String read(Socket socket) throws IOException {
        var head = new StringBuilder();
        int next;
        while (head.indexOf("\r\n\r\n") < 0 && (next = socket.getInputStream().read()) >= 0) {
            head.append((char) next);
        }
        return head.toString();
    }

    static void write(Socket socket, String... lines) throws IOException {
        var text = String.join("\r\n", lines);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> talk(socket));
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            begun.release();
            conversation.with(socket);
        } catch (IOException hungUp) {
            // Some tests wait for this error.
        } finally {
            ended.release();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    @FunctionalInterface
    interface Conversation {
        void with(Socket socket) throws IOException;
    }
}
