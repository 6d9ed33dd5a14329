package dev.aicore.discovery.server.redis;

import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.time.SystemTime;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.server.process.Ports;
import dev.aicore.discovery.server.process.RestartBackOff;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * A Redis of our own under a data directory: on one loopback port while it lives, behind a password that is new with each start,
 * started again whenever it dies, and stopped when this process ends. What it loses is made again from PostgreSQL.
 */
public final class RedisServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisServer.class);
    private static final int ATTEMPTS = 20;

    private final RedisFiles files;
    private final Path program;
    private final String password;
    private final int port;
    private final RestartBackOff backOff = new RestartBackOff();
    private final TimeSource time = new SystemTime();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ReentrantLock transition = new ReentrantLock();
    private final Thread exitHook = new Thread(this::close, "redis-stop");
    private final AtomicInteger restarts = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile RedisProcess process;

    private RedisServer(RedisFiles files, Path program, String password, int port, RedisProcess process) {
        this.files = files;
        this.program = program;
        this.password = password;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts the server; a tenth of a second. It ends with this process; an application that still uses it while it closes calls
     * {@link #stopAfterApplication} too.
     *
     * @param dataDir must be there, and be this process's alone; holds {@code redis} and {@code redis.log}
     * @throws RedisNotStarted if Redis can't be run; the message is its own
     */
    public static RedisServer start(Path dataDir) {
        try {
            RedisFiles files = new RedisFiles(dataDir.toRealPath());
            files.prepare();
            return start(files, RedisBinary.unpacked(files.directory()), password());
        } catch (IOException unusable) {
            throw new RedisNotStarted("The data directory " + dataDir + " can't be used: " + unusable, unusable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RedisNotStarted("The start of Redis was interrupted", interrupted);
        }
    }

    private static RedisServer start(RedisFiles files, Path program, String password)
            throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            int port = Ports.preferred(files.directory(), attempt);
            if (!Ports.isFree(port) && attempt < ATTEMPTS) {
                continue;
            }
            files.configure(port, password);
            RedisProcess process = RedisProcess.launch(program, files);
            try {
                process.awaitReady();
                return new RedisServer(files, program, password, port, process).watched();
            } catch (RedisNotStarted failed) {
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
        Ids ids = Ids.random();
        return (ids.next().toString() + ids.next()).replace("-", "");
    }

    private RedisServer watched() {
        Runtime.getRuntime().addShutdownHook(exitHook);
        Thread.ofVirtual().name("redis-watch").start(this::watch);
        log.info("Redis runs on 127.0.0.1:{} (process {}), data in {}", port, pid(), files.directory());
        return this;
    }

    /** {@code redis://:password@127.0.0.1:port}: what {@code database.redis.url} takes. */
    public String url() {
        return "redis://:%s@127.0.0.1:%d".formatted(password, port);
    }

    /** On 127.0.0.1; the same for the life of this object. */
    public int port() {
        return port;
    }

    /** Of the server process; another one after a restart. */
    public long pid() {
        return process.pid();
    }

    /** How often the server died and was brought back. */
    public int restarts() {
        return restarts.get();
    }

    /** Leaves the stop at the end of this process to the framework, which runs it after all application contexts have closed. */
    public void stopAfterApplication() {
        SpringApplication.getShutdownHandlers().add(this::close);
        forgetExitHook();
    }

    /** Stops the server. Does nothing the second time. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        closing.countDown();
        transition.lock();
        try {
            process.stop();
            log.info("Redis stopped");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            transition.unlock();
        }
        forgetExitHook();
    }

    private void forgetExitHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(exitHook);
        } catch (IllegalStateException processIsEnding) {
            log.trace("The process is ending", processIsEnding);
        }
    }

    private void watch() {
        try {
            while (true) {
                int exitCode = process.awaitEnd();
                if (closing.getCount() == 0) {
                    return;
                }
                log.error("Redis ended unexpectedly (process {}, exit code {})", pid(), exitCode);
                if (!broughtBack()) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false if the server was closed meanwhile */
    private boolean broughtBack() throws InterruptedException {
        while (true) {
            var pause = backOff.afterFailureAt(time.nanos());
            if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS) || !launched()) {
                return false;
            }
            try {
                process.awaitReady();
                log.warn(
                        "Redis runs again on port {} (process {}), restart {}",
                        port,
                        pid(),
                        restarts.incrementAndGet());
                return true;
            } catch (RedisNotStarted failed) {
                if (closing.getCount() == 0) {
                    return false;
                }
                log.error("{} Trying again", failed.getMessage());
            }
        }
    }

    private boolean launched() {
        transition.lock();
        try {
            if (closing.getCount() == 0) {
                return false;
            }
            process = RedisProcess.launch(program, files);
            return true;
        } finally {
            transition.unlock();
        }
    }
}
