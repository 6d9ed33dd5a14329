package dev.aicore.discovery.embedded.redis;

import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.embedded.process.PortAllocator;
import dev.aicore.discovery.embedded.process.ServerProcess.ServerStartException;
import dev.aicore.discovery.embedded.process.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embedded Redis under a data directory: on one loopback port during its lifetime, protected by a password that is new
 * with each start, restarted when it dies, and stopped when this process ends. Lost data is recreated from PostgreSQL.
 */
public final class RedisServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisServer.class);
    private static final int ATTEMPTS = 20;

    private final String password;
    private final int port;
    private final Supervisor supervisor;

    private RedisServer(String password, int port, Supervisor supervisor) {
        this.password = password;
        this.port = port;
        this.supervisor = supervisor;
    }

    /**
     * Starts the server, in about 0.1 s. It ends with this process; an application that still uses it while it closes
     * must also call {@link #stopAfterApplication}.
     *
     * @param dataDir existing directory, exclusive to this process; contains {@code redis} and {@code redis.log}
     * @throws RedisStartException if Redis can't be run; the message contains Redis's own
     */
    public static RedisServer start(Path dataDir) {
        try {
            RedisFiles files = new RedisFiles(dataDir.toRealPath());
            files.prepare();
            return start(files, RedisBinary.unpackIfNeeded(files.directory()), password());
        } catch (IOException unusable) {
            throw new RedisStartException("The data directory " + dataDir + " can't be used: " + unusable, unusable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RedisStartException("The start of Redis was interrupted", interrupted);
        }
    }

    private static RedisServer start(RedisFiles files, Path program, String password)
            throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            int port = PortAllocator.preferred(files.directory(), attempt);
            if (!PortAllocator.isFree(port) && attempt < ATTEMPTS) {
                continue;
            }
            files.configure(port, password);
            RedisProcess process = RedisProcess.launch(program, files);
            try {
                process.awaitReady();
                log.info("Redis runs on 127.0.0.1:{} (process {}), data in {}", port, process.pid(), files.directory());
                return new RedisServer(
                        password,
                        port,
                        Supervisor.of("Redis", process, () -> RedisProcess.launch(program, files), () -> {}));
            } catch (RedisStartException failed) {
                if (attempt >= ATTEMPTS || !failed.isTemporary()) {
                    throw failed;
                }
                log.warn("{} Trying another port", failed.getMessage());
            } catch (InterruptedException interrupted) {
                process.stop();
                throw interrupted;
            }
        }
    }

    private static String password() {
        IdGenerator idGenerator = IdGenerator.random();
        return (idGenerator.next().toString() + idGenerator.next()).replace("-", "");
    }

    /** Returns {@code redis://:password@127.0.0.1:port}, a value for {@code database.redis.url}. */
    public String url() {
        return "redis://:%s@127.0.0.1:%d".formatted(password, port);
    }

    /** Returns the port on 127.0.0.1, which is constant for the lifetime of this object. */
    public int port() {
        return port;
    }

    /** Returns the id of the server process, which changes with a restart. */
    public long pid() {
        return supervisor.pid();
    }

    /** Returns the number of restarts after unexpected ends. */
    public int restarts() {
        return supervisor.restarts();
    }

    /** Stops the server by the framework's shutdown handler, after all application contexts have closed. */
    public void stopAfterApplication() {
        supervisor.stopAfterApplication();
    }

    /** Stops the server. Idempotent. */
    @Override
    public void close() {
        supervisor.close();
    }

    /**
     * Thrown if the embedded Redis couldn't be run. The message is one line with the reason and the location of the
     * log.
     */
    public static final class RedisStartException extends ServerStartException {

        RedisStartException(String message) {
            super(message, null);
        }

        RedisStartException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        /** Returns true if a port was taken at the last moment, so that a later attempt may succeed. */
        boolean isTemporary() {
            return String.valueOf(getMessage()).contains("Address already in use");
        }
    }
}
