package dev.aicore.discovery.embedded.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Manages the files of the embedded server: {@code redis/} and {@code redis.log} under a data directory. */
final class RedisFiles {

    private static final Logger log = LoggerFactory.getLogger(RedisFiles.class);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

    private final Path dataDir;

    RedisFiles(Path dataDir) {
        this.dataDir = dataDir;
    }

    Path directory() {
        return dataDir.resolve("redis");
    }

    Path configuration() {
        return directory().resolve("redis.conf");
    }

    Path log() {
        return dataDir.resolve("redis.log");
    }

    /** Creates the directory, and stops a server that a killed registry left running. */
    void prepare() throws IOException, InterruptedException {
        if (!Files.exists(directory())) {
            Files.createDirectory(
                    directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var left = findOrphan();
        if (left.isPresent()) {
            log.warn(
                    "An earlier Redis still runs on {} (process {}); stopping it first",
                    directory(),
                    left.get().pid());
            end(left.get());
        }
    }

    /**
     * Writes the configuration. The password is only in this file, which only its owner may read: a command line would
     * be visible to all users.
     */
    void configure(int port, String password) throws IOException {
        Path partial = directory().resolve("redis.conf.partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(partial, """
                bind 127.0.0.1
                port %d
                protected-mode yes
                requirepass %s
                dir %s
                pidfile %s
                daemonize no
                set-proc-title no
                databases 1024
                appendonly yes
                appendfsync everysec
                save ""
                loglevel notice
                """.formatted(port, password, quoted(directory()), quoted(pidFile())));
        Files.move(partial, configuration(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Optional<ProcessHandle> findOrphan() throws IOException {
        if (!Files.exists(pidFile())) {
            return Optional.empty();
        }
        String written = Files.readString(pidFile()).strip();
        return written.matches("\\d{1,18}")
                ? ProcessHandle.of(Long.parseLong(written)).filter(this::isOurs)
                : Optional.empty();
    }

    /** Returns true if the process is the server: its process id may belong to an unrelated process by now. */
    private boolean isOurs(ProcessHandle process) {
        String command = process.info().command().orElse("");
        List<String> arguments = List.of(process.info().arguments().orElse(new String[0]));
        return Path.of(command).startsWith(directory())
                && arguments.contains(configuration().toString());
    }

    private static void end(ProcessHandle process) throws InterruptedException {
        process.destroy();
        try {
            process.onExit().get(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException timeout) {
            log.warn("Redis (process {}) didn't end within {} s", process.pid(), SHUTDOWN_TIMEOUT.toSeconds());
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Path pidFile() {
        return directory().resolve("redis.pid");
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
