package dev.aicore.discovery.config.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the Redis server that is packaged with the product. */
final class EmbeddedRedis implements RedisHost {

    private final Path directory;
    private final int port;
    private @Nullable Process process;

    EmbeddedRedis(int port) {
        this.port = port;
        try {
            this.directory = Files.createTempDirectory("redis");
            unpack(program());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void start() {
        try {
            process = new ProcessBuilder(
                            program().toString(),
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(port),
                            "--save",
                            "",
                            "--dir",
                            directory.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("redis.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isRunning() {
        return running().isAlive();
    }

    @Override
    public void kill() {
        running().destroyForcibly();
        running().onExit().join();
    }

    @Override
    public void halt() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        return Objects.requireNonNull(process);
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + running().pid())
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path program() {
        return directory.resolve("redis-server");
    }

    private static void unpack(Path program) throws IOException {
        var machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        var system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        try (var packed = EmbeddedRedis.class.getResourceAsStream("/redis-server-7.0.15-" + system + "-" + machine)) {
            Files.copy(Objects.requireNonNull(packed), program);
        }
        if (!program.toFile().setExecutable(true)) {
            throw new IOException(program + " can't be made a program.");
        }
    }
}
