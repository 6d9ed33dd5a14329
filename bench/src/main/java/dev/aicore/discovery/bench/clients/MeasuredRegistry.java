package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.RegistryProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Registry as a process, whose instances don't need heartbeats. */
final class MeasuredRegistry implements AutoCloseable {

    private static final int CONNECTIONS = 64;

    private final RegistryProcess process;
    private final BenchHttpClient http;

    private MeasuredRegistry(RegistryProcess process, BenchHttpClient http) {
        this.process = process;
        this.http = http;
    }

    /**
     * Starts a registry; returns once it is ready.
     *
     * @param port port on 127.0.0.1; 0 for any
     */
    static MeasuredRegistry start(Path directory, int port) throws IOException, InterruptedException {
        var process = RegistryProcess.launch(
                directory.resolve("data-" + port),
                directory.resolve("registry.aot"),
                List.of("--service-discovery.server.port=" + port));
        process.secondsToReady();
        return new MeasuredRegistry(process, new BenchHttpClient(process.port()));
    }

    RegistryProcess process() {
        return process;
    }

    int port() {
        return process.port();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** Registers instances {@code SERVICE-0} and so on. */
    void register(String service, int count) throws IOException, InterruptedException {
        send(each(count, i -> RequestCycle.send("POST", "/api/v1/services", declaration(service, i))));
    }

    /** Sends requests once, over several connections, and requires that each succeeds. */
    void send(List<byte[]> requests) throws IOException {
        var round = new BuiltInGenerator().once(port(), RequestCycle.of(requests), CONNECTIONS);
        if (round.errors() > 0) {
            throw new IllegalStateException(round.errors() + " requests failed.");
        }
    }

    static List<byte[]> each(int count, IntFunction<byte[]> request) {
        var requests = new ArrayList<byte[]>(count);
        for (int i = 0; i < count; i++) {
            requests.add(request.apply(i));
        }
        return requests;
    }

    private static String declaration(String service, int number) {
        return """
                {"id": "%1$s-%2$d", "name": "%1$s", "address": "10.%3$d.%4$d.1", "port": 8080, "ttl": 86400}""".formatted(service, number, number / 256, number % 256);
    }

    void deregister(String id) throws IOException, InterruptedException {
        require(http.delete("/api/v1/services/" + id));
    }

    /** Stores a configuration whose property {@code pool.size} is a number. */
    void configure(String service, int size) throws IOException, InterruptedException {
        require(http.put("/api/v1/configurations/" + service, "{\"pool\": {\"size\": " + size + "}}"));
    }

    /** Returns the body of a successful answer. */
    String get(String path) throws IOException, InterruptedException {
        return require(http.get(path)).body();
    }

    private static HttpResponse<String> require(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.uri() + ": " + answer.body());
        }
        return answer;
    }

    /** Kills the process, as {@code kill -9} does. */
    void kill() {
        http.close();
        process.kill();
    }

    @Override
    public void close() {
        http.close();
        process.close();
    }
}
