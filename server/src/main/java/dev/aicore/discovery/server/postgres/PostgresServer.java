package dev.aicore.discovery.server.postgres;

import dev.aicore.discovery.config.time.SystemTime;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.server.process.Ports;
import dev.aicore.discovery.server.process.RestartBackOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * A PostgreSQL of our own under a data directory: durable, on one loopback port while it lives, behind a random password, started
 * again whenever it dies, and stopped cleanly when this process ends. One per data directory, over all processes.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

    /** For ports taken by others, and for children that outlive a killed server by a moment. */
    private static final int ATTEMPTS = 20;

    /** Never counted down: only waited for. */
    private static final CountDownLatch PAUSE = new CountDownLatch(1);

    private final DirectoryLock lock;
    private final Cluster cluster;
    private final Programs programs;
    private final String password;
    private final RestartBackOff backOff = new RestartBackOff();
    private final TimeSource time = new SystemTime();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ReentrantLock transition = new ReentrantLock();
    private final Thread exitHook = new Thread(this::close, "postgres-stop");

    private final int port;
    private volatile Postmaster postmaster;
    private final AtomicInteger restarts = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    private PostgresServer(
            DirectoryLock lock, Cluster cluster, Programs programs, String password, int port, Postmaster postmaster) {
        this.lock = lock;
        this.cluster = cluster;
        this.programs = programs;
        this.password = password;
        this.port = port;
        this.postmaster = postmaster;
    }

    /**
     * Starts the server, making its files at the first start; less than a second once they are there. It ends with this process;
     * an application that still writes while it closes calls {@link #stopAfterApplication} too.
     *
     * @param dataDir made if absent; holds {@code postgres}, {@code postgres.password}, {@code postgres.log} and {@code lock}
     * @throws DataDirectoryInUse        if another registry runs on it
     * @throws IncompatibleDataDirectory if its data is of another major version
     * @throws PostgresNotStarted        if PostgreSQL can't be run; the message is its own
     */
    public static PostgresServer start(Path dataDir) {
        try {
            Path directory = Files.exists(dataDir)
                    ? dataDir.toRealPath()
                    : Files.createDirectories(
                                    dataDir,
                                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                            .toRealPath();
            DirectoryLock lock = DirectoryLock.acquire(directory);
            try {
                return start(directory, lock);
            } catch (RuntimeException | IOException | InterruptedException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException unusable) {
            throw new PostgresNotStarted("The data directory " + dataDir + " can't be used: " + unusable, unusable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresNotStarted("The start of PostgreSQL was interrupted", interrupted);
        }
    }

    private static PostgresServer start(Path directory, DirectoryLock lock) throws IOException, InterruptedException {
        Binaries binaries = Binaries.unpacked(directory);
        Programs programs = new Programs(binaries.home());
        Cluster cluster = new Cluster(directory, binaries, programs);
        String password = cluster.prepare();
        for (int attempt = 0; ; attempt++) {
            int port = Ports.preferred(directory, attempt);
            if (!Ports.isFree(port) && attempt < ATTEMPTS) {
                continue;
            }
            Postmaster postmaster = Postmaster.launch(cluster, programs, port);
            try {
                postmaster.awaitReady();
                return new PostgresServer(lock, cluster, programs, password, port, postmaster).watched();
            } catch (PostgresNotStarted failed) {
                if (attempt >= ATTEMPTS || !failed.isTemporary()) {
                    throw failed;
                }
                log.warn("{} Trying again", failed.getMessage());
                PAUSE.await(200, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                postmaster.stop();
                throw interrupted;
            }
        }
    }

    private PostgresServer watched() {
        Runtime.getRuntime().addShutdownHook(exitHook);
        Thread.ofVirtual().name("postgres-watch").start(this::watch);
        log.info("PostgreSQL runs on 127.0.0.1:{} (process {}), data in {}", port, pid(), cluster.directory());
        return this;
    }

    /** {@code postgresql://user:password@127.0.0.1:port/database}: what {@code database.postgres.url} takes. */
    public String url() {
        return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(Cluster.ROLE, password, port, Cluster.DATABASE);
    }

    /** Without credentials. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, Cluster.DATABASE);
    }

    /** Owns its database, and is no superuser. */
    public String username() {
        return Cluster.ROLE;
    }

    public String password() {
        return password;
    }

    /** On 127.0.0.1; the same for the life of this object. */
    public int port() {
        return port;
    }

    /** Of the server process; another one after a restart. */
    public long pid() {
        return postmaster.pid();
    }

    /** How often the server died and was brought back. */
    public int restarts() {
        return restarts.get();
    }

    /**
     * Leaves the stop at the end of this process to the framework, which runs it after all application contexts have closed. To be
     * called when the application runs; until then the end of this process stops the server at once.
     */
    public void stopAfterApplication() {
        SpringApplication.getShutdownHandlers().add(this::close);
        forgetExitHook();
    }

    /** Stops the server cleanly and gives the directory free. Does nothing the second time. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        closing.countDown();
        transition.lock();
        try {
            postmaster.stop();
            log.info("PostgreSQL stopped");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.close();
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
                int exitCode = postmaster.awaitEnd();
                if (closing.getCount() == 0) {
                    return;
                }
                log.error("PostgreSQL ended unexpectedly (process {}, exit code {})", pid(), exitCode);
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
            Duration pause = backOff.afterFailureAt(time.nanos());
            if (closing.await(pause.toNanos(), TimeUnit.NANOSECONDS) || !launched()) {
                return false;
            }
            try {
                postmaster.awaitReady();
                int count = restarts.incrementAndGet();
                log.warn("PostgreSQL runs again on port {} (process {}), restart {}", port, pid(), count);
                return true;
            } catch (PostgresNotStarted failed) {
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
            postmaster = Postmaster.launch(cluster, programs, port);
            return true;
        } finally {
            transition.unlock();
        }
    }
}
