package dev.aicore.discovery.client.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Server that answers with scripted bytes, as a broken proxy would. Each connection has one request. */
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket socket = open();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentHashMap<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final Script script;

    /** Answers of the server. */
    @FunctionalInterface
    interface Script {

        /**
         * Returns an answer. It may wait.
         *
         * @param path path without a query
         * @param number number of the request to this path, from 1
         */
        Answer answer(String path, int number) throws InterruptedException;
    }

    /**
     * Bytes of an answer.
     *
     * @param text a character for each byte
     * @param stays whether the connection stays open after the bytes
     */
    record Answer(String text, boolean stays) {

        static Answer closing(String text) {
            return new Answer(text, false);
        }

        static Answer staying(String text) {
            return new Answer(text, true);
        }
    }

    ScriptedServer(Script script) {
        this.script = script;
        threads.execute(this::accept);
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Returns the number of requests to a path that have arrived. */
    int requests(String path) {
        return count(path).get();
    }

    private AtomicInteger count(String path) {
        return requests.computeIfAbsent(path, any -> new AtomicInteger());
    }

    private void accept() {
        try {
            while (true) {
                var connection = socket.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var input = new BufferedInputStream(connection.getInputStream());
            String head = head(input);
            if (head.isEmpty()) {
                return;
            }
            String path = head.split(" ", 3)[1].split("\\?", 2)[0];
            input.skipNBytes(bodyLength(head));
            var answer = script.answer(path, count(path).incrementAndGet());
            connection.getOutputStream().write(answer.text().getBytes(ISO_8859_1));
            connection.getOutputStream().flush();
            if (answer.stays()) {
                // Ends when the client closes the connection.
                int end = input.read();
                assert end < 0;
            }
        } catch (IOException e) {
            // The client has closed the connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream input) throws IOException {
        var head = new StringBuilder();
        for (int next = input.read(); next >= 0; next = input.read()) {
            head.append((char) next);
            if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private static int bodyLength(String head) {
        return head.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed in either case.
        }
        threads.shutdownNow();
    }
}
