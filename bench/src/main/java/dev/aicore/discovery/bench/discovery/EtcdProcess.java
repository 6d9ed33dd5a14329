package dev.aicore.discovery.bench.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.rig.BenchHttpClient;
import dev.aicore.discovery.bench.rig.PortFinder;
import dev.aicore.discovery.bench.rig.Sleeper;
import dev.aicore.discovery.bench.rig.TempDirectory;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs an etcd with one member as a child process, with its defaults: each write is synced before its answer. */
record EtcdProcess(TempDirectory place, Process process, int port, EtcdRequests population) implements AutoCloseable {

    private static final int MAX_CONCURRENT = 64;
    private static final int TIMEOUT_SECONDS = 30;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final Pattern VERSION = Pattern.compile("etcd Version: (\\S+)");

    /** Returns the version of the installed etcd; empty if there is none. */
    static Optional<String> version() {
        try {
            var process = new ProcessBuilder("etcd", "--version")
                    .redirectErrorStream(true)
                    .start();
            var found = VERSION.matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
            return Optional.of(found.find() ? found.group(1) : "?");
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Starts etcd; returns once all instances are registered. */
    static EtcdProcess start(int instances) throws IOException, InterruptedException {
        var directory = TempDirectory.make();
        int port = PortFinder.freePort();
        var clients = "http://127.0.0.1:" + port;
        var members = "http://127.0.0.1:" + PortFinder.freePort();
        var process = new ProcessBuilder(
                        "etcd",
                        "--name=bench",
                        "--data-dir=" + directory.directory().resolve("etcd"),
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + members,
                        "--initial-advertise-peer-urls=" + members,
                        "--initial-cluster=bench=" + members,
                        "--log-level=error")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        var etcd = new EtcdProcess(directory, process, port, new EtcdRequests());
        try {
            etcd.awaitReady();
            new BuiltInGenerator().once(port, etcd.population.registrations(0, instances), MAX_CONCURRENT);
            return etcd;
        } catch (IOException | InterruptedException | RuntimeException e) {
            etcd.close();
            throw e;
        }
    }

    BenchmarkedServer contestant(String name, int instances) {
        return new BenchmarkedServer(name, false, process.toHandle(), port, population.registrations(0, instances));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
        place.close();
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        try (var benchHttpClient = new BenchHttpClient(port)) {
            while (!isReady(benchHttpClient)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("etcd did not start on port " + port + ".");
                }
                Sleeper.during(POLL_INTERVAL);
            }
        }
    }

    private static boolean isReady(BenchHttpClient benchHttpClient) throws InterruptedException {
        try {
            return benchHttpClient.get("/health").body().contains("true");
        } catch (IOException notYet) {
            return false;
        }
    }
}
