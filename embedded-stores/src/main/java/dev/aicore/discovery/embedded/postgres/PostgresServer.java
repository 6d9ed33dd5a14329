package dev.aicore.discovery.embedded.postgres;

import dev.aicore.discovery.embedded.postgres.PostgresStartException.DataDirectoryInUseException;
import dev.aicore.discovery.embedded.postgres.PostgresStartException.IncompatibleDataDirectoryException;
import dev.aicore.discovery.embedded.process.PortAllocator;
import dev.aicore.discovery.embedded.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Embedded PostgreSQL under a data directory: durable, on one loopback port during its lifetime, protected by a random
 * password, restarted when it dies, and stopped cleanly when this process ends. One per data directory across all
 * processes.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

    /** Maximum number of attempts, in case of occupied ports or children that briefly outlive a killed server. */
    private static final int ATTEMPTS = 20;

    /** Never counted down; used to wait. */
    private static final CountDownLatch PAUSE = new CountDownLatch(1);

    private final String password;
    private final int port;
    private final Supervisor supervisor;

    private PostgresServer(String password, int port, Supervisor supervisor) {
        this.password = password;
        this.port = port;
        this.supervisor = supervisor;
    }

    /**
     * Starts the server; creates its files at the first start. Later starts take less than a second. The server ends
     * with this process; an application that still writes while it closes must also call {@link #stopAfterApplication}.
     *
     * @param dataDir created if absent; contains {@code postgres}, {@code postgres.password}, {@code postgres.log} and
     *     {@code lock}
     * @throws DataDirectoryInUseException if another registry runs on it
     * @throws IncompatibleDataDirectoryException if its data is of another major version
     * @throws PostgresStartException if PostgreSQL can't be run; the message contains PostgreSQL's own
     */
    public static PostgresServer start(Path dataDir) {
        try {
            Path directory = Files.exists(dataDir)
                    ? dataDir.toRealPath()
                    : Files.createDirectories(
                                    dataDir,
                                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(
                                            ServerUser.isRoot() ? "rwx--x--x" : "rwx------")))
                            .toRealPath();
            DirectoryLock lock = DirectoryLock.acquire(directory);
            try {
                return start(directory, lock);
            } catch (RuntimeException | IOException | InterruptedException failed) {
                lock.close();
                throw failed;
            }
        } catch (IOException unusable) {
            throw new PostgresStartException("The data directory " + dataDir + " can't be used: " + unusable, unusable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new PostgresStartException("The start of PostgreSQL was interrupted", interrupted);
        }
    }

    private static PostgresServer start(Path directory, DirectoryLock lock) throws IOException, InterruptedException {
        PostgresBinaries postgresBinaries = PostgresBinaries.unpackIfNeeded(directory);
        PostgresPrograms postgresPrograms = new PostgresPrograms(
                postgresBinaries.home(),
                ServerUser.of(directory, postgresBinaries.home().resolve("bin")));
        Cluster cluster = new Cluster(directory, postgresBinaries, postgresPrograms);
        String password = cluster.prepare();
        for (int attempt = 0; ; attempt++) {
            int port = PortAllocator.preferred(directory, attempt);
            if (!PortAllocator.isFree(port) && attempt < ATTEMPTS) {
                continue;
            }
            Postmaster postmaster = Postmaster.launch(cluster, postgresPrograms, port);
            try {
                postmaster.awaitReady();
                log.info(
                        "PostgreSQL runs on 127.0.0.1:{} (process {}), data in {}",
                        port,
                        postmaster.pid(),
                        cluster.directory());
                return new PostgresServer(
                        password,
                        port,
                        Supervisor.of(
                                "PostgreSQL",
                                postmaster,
                                () -> Postmaster.launch(cluster, postgresPrograms, port),
                                lock::close));
            } catch (PostgresStartException failed) {
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

    /**
     * Returns {@code postgresql://user:password@127.0.0.1:port/database}, a value for {@code database.postgres.url}.
     */
    public String url() {
        return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(Cluster.ROLE, password, port, Cluster.DATABASE);
    }

    /** Returns the JDBC URL without credentials. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, Cluster.DATABASE);
    }

    /** Returns the name of the role, which owns the database and isn't a superuser. */
    public String username() {
        return Cluster.ROLE;
    }

    public String password() {
        return password;
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

    /**
     * Stops the server by the framework's shutdown handler, after all application contexts have closed. To be called
     * once the application runs; until then a shutdown of this process stops the server at once.
     */
    public void stopAfterApplication() {
        supervisor.stopAfterApplication();
    }

    /** Stops the server cleanly and releases the directory. Idempotent. */
    @Override
    public void close() {
        supervisor.close();
    }
}
