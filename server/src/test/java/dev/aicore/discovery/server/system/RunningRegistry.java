package dev.aicore.discovery.server.system;

import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.testing.Mutants;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server in a process of its own, to be talked to over HTTP and to be killed. */
final class RunningRegistry implements AutoCloseable {

    /** Longer than any bound of the server's own: what takes longer hangs. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of a machine that does much else at the same time; how long a start takes is measured elsewhere. */
    private static final Duration LONGEST_START = Duration.ofMinutes(10);

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern READY = Pattern.compile("^Service Discovery is ready on (\\S+)\\R", Pattern.MULTILINE);

    private final Process process;
    private final String base;
    private final EmbeddedStore store;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private RunningRegistry(Process process, String base, Path dataDir) {
        this.process = process;
        this.base = base;
        this.store = new EmbeddedStore(dataDir);
    }

    /**
     * An answer.
     *
     * @param body an empty node if there is none
     */
    record Reply(int status, HttpHeaders headers, JsonNode body) {

        /** Seconds; -1 if it doesn't say. */
        long retryAfter() {
            return headers.firstValueAsLong("Retry-After").orElse(-1);
        }

        /** Of a write, where its event is. */
        long position() {
            return body.at("/meta/position").asLong();
        }

        /** Of a refusal. */
        String code() {
            return body.at("/code").asString();
        }
    }

    static RunningRegistry start(Path directory) throws IOException {
        return start(directory, 0, List.of());
    }

    static RunningRegistry start(Path directory, List<String> options) throws IOException {
        return start(directory, 0, options);
    }

    /**
     * Returns when it says that it is ready.
     *
     * @param port 0 for any
     * @param options of the command line, besides port and data directory
     */
    static RunningRegistry start(Path directory, int port, List<String> options) throws IOException {
        return start(directory, port, ServiceDiscovery.class, List.of(), options);
    }

    /** With the options and the heap that the launcher gives it. */
    static RunningRegistry startAsLaunched(Path directory, List<String> options) throws IOException {
        // The collector that is usual here gives way to the launcher's.
        var jvm = List.of("-XX:-UseSerialGC", "@" + Path.of("..", "config", "jvm.options"), "-Xmx512m");
        return start(directory, 0, ServiceDiscovery.class, jvm, options);
    }

    /** As a {@link BlockHoundRegistry}. */
    static RunningRegistry startWatched(Path directory) throws IOException {
        return start(
                directory,
                0,
                BlockHoundRegistry.class,
                List.of("-XX:+AllowRedefinitionToAddDeleteMethods", "-XX:+EnableDynamicAgentLoading"),
                List.of());
    }

    private static RunningRegistry start(
            Path directory, int port, Class<?> main, List<String> jvm, List<String> options) throws IOException {
        var sound = System.getProperty("java.class.path");
        var classPath = Mutants.classPath();
        // What a mutant breaks comes before all else, and no archive begins with it.
        if (!classPath.equals(sound)) {
            return launch(directory, port, main, jvm, classPath, options);
        }
        var ordered = ClassArchive.ordered(sound);
        var archived = new ArrayList<>(jvm);
        archived.addAll(ClassArchive.options(ordered, RunningRegistry::tryOut));
        return launch(directory, port, main, archived, ordered, options);
    }

    private static void tryOut(List<String> jvm, String classPath) throws IOException {
        var directory = Files.createTempDirectory("registry");
        launch(directory, 0, ServiceDiscovery.class, jvm, classPath, List.of()).close();
        FileSystemUtils.deleteRecursively(directory);
    }

    private static RunningRegistry launch(
            Path directory, int port, Class<?> main, List<String> jvm, String classPath, List<String> options)
            throws IOException {
        var dataDir = directory.resolve("data");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(ClassArchive.JVM);
        command.addAll(jvm);
        command.addAll(List.of(
                "-cp",
                classPath,
                main.getName(),
                "--service-discovery.server.port=" + port,
                "--service-discovery.data-dir=" + dataDir));
        command.addAll(options);
        // Never to a pipe: one that nobody empties stops the server in the middle of a line.
        var log = directory.resolve("registry.log").toFile();
        long begin = log.length();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log))
                .start();
        try {
            await().atMost(LONGEST_START)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !process.isAlive() || readyLine(log, begin).isPresent());
        } catch (ConditionTimeoutException e) {
            process.destroyForcibly();
            throw new IOException("The registry was not ready in time; its log:\n" + Files.readString(log.toPath()), e);
        }
        var base = readyLine(log, begin).orElseThrow(() -> new IOException("The registry did not start; see " + log));
        return new RunningRegistry(process, base, dataDir);
    }

    private static Optional<String> readyLine(File log, long begin) throws IOException {
        try (var file = new RandomAccessFile(log, "r")) {
            file.seek(begin);
            var written = new byte[(int) (file.length() - begin)];
            file.readFully(written);
            return READY.matcher(new String(written, StandardCharsets.UTF_8))
                    .results()
                    .map(line -> line.group(1))
                    .findFirst();
        }
    }

    /** One that nobody listens on just now, for a registry that clients find again after its restart. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Such as {@code http://127.0.0.1:8080}. */
    String address() {
        return base;
    }

    Reply get(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    Reply post(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    Reply put(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    Reply delete(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).DELETE());
    }

    /** The same, and says why. */
    Reply delete(String path, String reason) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("X-Reason", reason)
                .DELETE());
    }

    /** The same with a body. */
    Reply deleteWith(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(json)));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its PostgreSQL, which is there as long as somebody's process is. */
    EmbeddedStore store() {
        return store;
    }

    /** As {@code kill -9} does. Its PostgreSQL is left behind. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops it in the middle of whatever it does, until {@link #thaw}. */
    void freeze() {
        ProcessSignals.send("STOP", process.pid());
    }

    void thaw() {
        ProcessSignals.send("CONT", process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private Reply send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            var type = response.headers().firstValue("Content-Type").orElse("");
            var body = type.contains("json")
                            && !type.contains("ndjson")
                            && !response.body().isEmpty()
                    ? JSON.readTree(response.body())
                    : JSON.createObjectNode();
            return new Reply(response.statusCode(), response.headers(), body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
