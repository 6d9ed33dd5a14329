package dev.aicore.discovery.bench.history;

import dev.aicore.discovery.bench.rig.Processes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * All of the audit, as lines.
 *
 * @param grown bytes that the server's process was larger at most than before
 */
record Lines(long count, double seconds, long grown) {

    private static final int LOOK = 10_000;

    static Lines read(int port, ProcessHandle server) throws IOException, InterruptedException {
        long before = Processes.residentBytes(server);
        long most = before;
        long count = 0;
        long begun = System.nanoTime();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/audit"))
                .header("Accept", "application/x-ndjson");
        try (var http = HttpClient.newHttpClient();
                var lines = http.send(request.build(), BodyHandlers.ofLines()).body()) {
            for (var line = lines.iterator(); line.hasNext(); line.next()) {
                if (++count % LOOK == 0) {
                    most = Math.max(most, Processes.residentBytes(server));
                }
            }
        }
        return new Lines(count, (System.nanoTime() - begun) / 1e9, most - before);
    }
}
