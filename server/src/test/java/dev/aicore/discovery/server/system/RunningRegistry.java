package dev.aicore.discovery.server.system;

import static org.assertj.core.api.Assertions.assertThat;
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

/** Server in a child process, to be used over HTTP and to be killed. */
final class RunningRegistry implements AutoCloseable {

    /** Timeout, longer than any limit of the server's own: a longer wait is a hang. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Maximum duration of a start on a busy machine; another test measures starts. */
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
     * Response.
     *
     * @param body an empty node if there is none
     */
    record Reply(int status, HttpHeaders headers, JsonNode body) {

        /** Returns the seconds of {@code Retry-After}; -1 if it is absent. */
        long retryAfter() {
            return headers.firstValueAsLong("Retry-After").orElse(-1);
        }

        /** Returns the position of a write's event. */
        long position() {
            assertThat(body.has("meta")).as(body.toString()).isTrue();
            return body.at("/meta/position").asLong();
        }

        /** Returns the error code of a refusal. */
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
     * Starts a registry; returns once it reports that it is ready.
     *
     * @param port TCP port; 0 for any free one
     * @param options command-line options, besides port and data directory
     */
    static RunningRegistry start(Path directory, int port, List<String> options) throws IOException {
        return start(directory, port, ServiceDiscovery.class, List.of(), options);
    }

    /** Starts a registry with the JVM options and the heap of the launcher. */
    static RunningRegistry startAsLaunched(Path directory, List<String> options) throws IOException {
        // Replaces the collector of the tests by the launcher's.
        var jvm = List.of("-XX:-UseSerialGC", "@" + Path.of("..", "config", "jvm.options"), "-Xmx512m");
        return start(directory, 0, ServiceDiscovery.class, jvm, options);
    }

    /** Starts a {@link BlockHoundRegistry}. */
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
        // A mutant's classes must come first on the class path, so no archive fits.
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
        try (var registry = launch(directory, 0, ServiceDiscovery.class, jvm, classPath, List.of())) {
            registry.post("/api/v1/services", RegistryStoryTest.body("trial", "trial", 3_600));
            registry.get("/api/v1/services?service_name=trial");
        }
        FileSystemUtils.deleteRecursively(directory);
    }

    private static RunningRegistry launch(
            Path directory, int port, Class<?> main, List<String> jvm, String classPath, List<String> options)
            throws IOException {
        var dataDir = directory.resolve("data");
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        command.addAll(ClassArchive.JVM);
        command.addAll(jvm);
        command.addAll(List.of(
                "-cp",
                classPath,
                main.getName(),
                "--service-discovery.server.port=" + port,
                "--service-discovery.data-dir=" + dataDir));
        command.addAll(options);
        // Writes to a file: a full pipe would block the server.
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

    /** Returns a free port, for a registry that clients must find again after its restart. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the base URL, such as {@code http://127.0.0.1:8080}. */
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

    /** Sends a deletion with a reason. */
    Reply delete(String path, String reason) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("X-Reason", reason)
                .DELETE());
    }

    /** Sends a deletion with a body. */
    Reply deleteWith(String path, String json) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(json)));
    }

    /**
     * Sends a request with a body of JSON.
     *
     * @param json empty for no body
     * @param headers names and values in turn
     */
    Reply send(String method, String path, String json, String... headers) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(json.isEmpty() ? request : request.header("Content-Type", "application/json"));
    }

    /**
     * Returns the body of an answer, of any media type.
     *
     * @param headers names and values in turn
     */
    String text(String path, String... headers) throws IOException {
        try {
            var request = HttpRequest.newBuilder(URI.create(base + path)).headers(headers);
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the registry's PostgreSQL, which may outlive the registry's process. */
    EmbeddedStore store() {
        return store;
    }

    /** Kills the process like {@code kill -9}. Its PostgreSQL keeps running. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /**
     * Sends SIGTERM and waits for the end of the process.
     *
     * @return the time until its end
     */
    Duration terminate(Duration patience) throws InterruptedException {
        long begin = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(patience)).isTrue();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Suspends the process until {@link #thaw}. */
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
