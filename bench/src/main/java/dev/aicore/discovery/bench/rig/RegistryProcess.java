package dev.aicore.discovery.bench.rig;

import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a registry as a child process, with the options of the launcher. */
public final class RegistryProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Service Discovery is ready on http://127\\.0\\.0\\.1:(\\d+)");
    private static final String PORT = "--service-discovery.server.port=";

    /** Maximum wait for the end, which includes writing the AOT cache. */
    private static final int TIMEOUT_SECONDS = 180;

    private final Process process;
    private final long launchedAt;
    private final Path cache;
    private final @Nullable Path written;
    private int port;
    private double seconds;

    /** Processes of the embedded stores that were left by a kill. */
    private List<ProcessHandle> stores = List.of();

    private RegistryProcess(Process process, long launchedAt, Path cache, @Nullable Path written) {
        this.process = process;
        this.launchedAt = launchedAt;
        this.cache = cache;
        this.written = written;
    }

    /**
     * Launches a registry.
     *
     * @param cache AOT cache of its JVM; written at its end if {@link #writesCache}
     */
    public static RegistryProcess launch(Path dataDirectory, Path cache, List<String> settings) throws IOException {
        var written = writesCache(cache) ? cache.resolveSibling(UUID.randomUUID() + ".aot") : null;
        var options = written != null
                ? List.of("-XX:AOTCacheOutput=" + written)
                : Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.<String>of();
        var command = JvmCommand.running(ServiceDiscovery.class.getName(), classPath(), options.toArray(String[]::new));
        command.add("--service-discovery.data-dir=" + dataDirectory);
        if (settings.stream().noneMatch(setting -> setting.startsWith(PORT))) {
            command.add(PORT + 0);
        }
        command.add("--service-discovery.monitoring.logging.level=warn");
        // All load comes from one address.
        command.add("--service-discovery.server.max-share-per-address=1");
        command.addAll(settings);
        long launchedAt = System.nanoTime();
        return new RegistryProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start(), launchedAt, cache, written);
    }

    /**
     * Returns true if the end of the next process writes the AOT cache: if it doesn't exist and the class path has no
     * directory, with which no cache can be written. Tests run on directories.
     */
    public static boolean writesCache(Path cache) {
        return !Files.exists(cache)
                && Arrays.stream(classPath().split(File.pathSeparator))
                        .noneMatch(entry -> Files.isDirectory(Path.of(entry)));
    }

    /**
     * Returns the seconds from the launch until the process has printed that it is ready and its readiness route
     * confirms it. Blocks until then; further calls return the same value.
     */
    public double secondsToReady() throws IOException, InterruptedException {
        if (port != 0) {
            return seconds;
        }
        var output = process.inputReader();
        port = ServerOutput.port(output, READY);
        ServerOutput.restOf(output);
        try (var benchHttpClient = new BenchHttpClient(port)) {
            benchHttpClient.await("/health?deep=true");
            seconds = (System.nanoTime() - launchedAt) / 1e9;
            return seconds;
        }
    }

    /** Returns the port on 127.0.0.1; 0 until the registry is ready. */
    public int port() {
        return port;
    }

    /** Returns the registry's own process; its descendants are those of the embedded stores. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /**
     * Kills the process, as {@code kill -9} does. Its stores go on, for the next process with this data; without one,
     * {@link #close} ends them.
     */
    public void kill() {
        stores = process.descendants().toList();
        process.destroyForcibly()
                .onExit()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
        stores.forEach(ProcessHandle::destroy);
        if (written != null && Files.exists(written)) {
            try {
                Files.move(written, cache, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Returns the class path of this process without the benchmark's own classes: the server doesn't need them, and a
     * directory on the class path would prevent the AOT cache.
     */
    private static String classPath() {
        var own = RegistryProcess.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).equals(Path.of(own)))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
