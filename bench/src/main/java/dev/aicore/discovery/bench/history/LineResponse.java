package dev.aicore.discovery.bench.history;

import dev.aicore.discovery.bench.rig.ProcessStats;
import dev.aicore.discovery.bench.rig.RegistryProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Response of many lines, read to its end.
 *
 * @param grown maximum growth of the server's process in bytes
 */
record LineResponse(long count, double seconds, long grown) {

    private static final int LOOK = 10_000;

    static LineResponse read(RegistryProcess server, String path) throws IOException, InterruptedException {
        long before = ProcessStats.residentBytes(server.process());
        long max = before;
        long count = 0;
        long begun = System.nanoTime();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Accept", "application/x-ndjson");
        try (var http = HttpClient.newHttpClient();
                var lines = http.send(request.build(), BodyHandlers.ofLines()).body()) {
            for (var line = lines.iterator(); line.hasNext(); line.next()) {
                if (++count % LOOK == 0) {
                    max = Math.max(max, ProcessStats.residentBytes(server.process()));
                }
            }
        }
        return new LineResponse(count, (System.nanoTime() - begun) / 1e9, max - before);
    }

    @Override
    public String toString() {
        return String.format("%,d in %.1f s, the process grew by %d MB", count, seconds, grown >> 20);
    }
}
