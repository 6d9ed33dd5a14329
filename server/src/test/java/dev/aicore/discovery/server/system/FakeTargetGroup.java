package dev.aicore.discovery.server.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Targets of equal behaviour: one port at many loopback addresses. Counts the checks of each. */
final class FakeTargetGroup implements AutoCloseable {

    /** Behaviour of a target. */
    enum Manner {
        ANSWERS,
        /** Accepts, and never answers. */
        SILENT,
        /** Sends endlessly. */
        ENDLESS,
        /** Sends one byte per second. */
        TRICKLING
    }

    private static final byte[] HEALTHY = text("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    private static final byte[] BEGIN = text("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");

    private final ServerSocket listener;
    private final Manner manner;
    private final int size;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ConcurrentHashMap<String, AtomicInteger> visits = new ConcurrentHashMap<>();

    FakeTargetGroup(Manner manner, int size) throws IOException {
        this.manner = manner;
        this.size = size;
        this.listener = new ServerSocket(0, 2_048, InetAddress.getByName("0.0.0.0"));
        Thread.ofVirtual().start(this::listen);
    }

    /** Registers each target, to be checked over HTTP. */
    void register(RunningRegistry registry, int interval, int timeout) throws IOException {
        for (int i = 0; i < size; i++) {
            var reply = registry.post("/api/v1/services", """
                    {"id": "%s-%d", "name": "%s", "address": "%s", "port": %d, "ttl": 0,
                     "health_check": {"check_type": "http", "interval": %d, "timeout": %d}}""".formatted(
                            name(), i, name(), address(i), listener.getLocalPort(), interval, timeout));
            if (reply.status() != 201) {
                throw new IOException(reply.body().toString());
            }
        }
    }

    /** Returns the number of checks of the target that was checked least often. */
    int fewestVisits() {
        int fewest = Integer.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            var count = visits.get(address(i));
            fewest = Math.min(fewest, count == null ? 0 : count.get());
        }
        return fewest;
    }

    int allVisits() {
        return visits.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    int size() {
        return size;
    }

    void forgetVisits() {
        visits.clear();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
    }

    private String name() {
        return manner.name().toLowerCase(Locale.ROOT);
    }

    private static String address(int number) {
        return "127.1." + number / 250 + "." + (number % 250 + 1);
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                visits.computeIfAbsent(socket.getLocalAddress().getHostAddress(), none -> new AtomicInteger())
                        .incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException ended) {
                // closed, or the caller has disconnected already
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var out = socket.getOutputStream();
            switch (manner) {
                case ANSWERS -> {
                    awaitRequest(socket);
                    out.write(HEALTHY);
                }
                case SILENT -> awaitFarewell(socket);
                case ENDLESS -> {
                    out.write(BEGIN);
                    var piece = new byte[16 * 1024];
                    while (closed.getCount() > 0) {
                        out.write(piece);
                    }
                }
                case TRICKLING -> {
                    out.write(BEGIN);
                    while (!closed.await(1, TimeUnit.SECONDS)) {
                        out.write('.');
                    }
                }
            }
        } catch (IOException left) {
            // the caller may disconnect at any time
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitRequest(Socket socket) throws IOException {
        var in = socket.getInputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
    }

    private static void awaitFarewell(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // the request
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
