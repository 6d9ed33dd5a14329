package dev.aicore.discovery.embedded.postgres;

import dev.aicore.discovery.embedded.process.ServerProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Running server process, a child of this process. */
final class Postmaster implements ServerProcess {

    private static final Logger log = LoggerFactory.getLogger(Postmaster.class);

    private static final int CONNECTIONS = 60;

    /**
     * Options on the command line, so that neither a file nor ALTER SYSTEM can override those that durability depends
     * on.
     */
    private static final List<String> OPTIONS = List.of(
            "fsync=on",
            "full_page_writes=on",
            "synchronous_commit=on",
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "password_encryption=scram-sha-256",
            "max_connections=" + CONNECTIONS,
            "max_locks_per_transaction=" + LockTableSize.maxLocksPerTransaction(CONNECTIONS),
            "shared_buffers=64MB",
            "max_wal_size=2GB",
            "wal_compression=on",
            "log_checkpoints=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "logging_collector=off");

    private static final long MAX_LOG = 16L << 20;
    private static final int POLL_MILLIS = 10;

    /** Number of polls in ten minutes: replaying the largest write-ahead log on a slow disk takes several minutes. */
    private static final int MAX_POLLS = 60_000;

    private final Process process;
    private final Cluster cluster;
    private final PostgresPrograms postgresPrograms;
    private final long logBegin;

    private Postmaster(Process process, Cluster cluster, PostgresPrograms postgresPrograms, long logBegin) {
        this.process = process;
        this.cluster = cluster;
        this.postgresPrograms = postgresPrograms;
        this.logBegin = logBegin;
    }

    /** Launches a server and returns at once; {@link #awaitReady} reports success or failure. */
    static Postmaster launch(Cluster cluster, PostgresPrograms postgresPrograms, int port) {
        List<String> arguments =
                new ArrayList<>(List.of("-D", cluster.directory().toString(), "-p", "" + port));
        for (String option : OPTIONS) {
            arguments.addAll(List.of("-c", option));
        }
        arguments.addAll(List.of("-c", "recovery_init_sync_method=" + PostgresPrograms.syncMethod()));
        try {
            Path log = cluster.log();
            if (Files.exists(log) && Files.size(log) > MAX_LOG) {
                Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            long begin = Files.exists(log) ? Files.size(log) : 0;
            return new Postmaster(
                    postgresPrograms.start(arguments, cluster.directory(), log), cluster, postgresPrograms, begin);
        } catch (IOException unstartable) {
            throw new PostgresStartException(
                    "PostgreSQL couldn't be started: " + unstartable.getMessage(), unstartable);
        }
    }

    @Override
    public void awaitReady() throws InterruptedException {
        for (int poll = 0; poll < MAX_POLLS; poll++) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new PostgresStartException("PostgreSQL didn't start (exit code " + process.exitValue() + "): "
                        + lastLogLines() + " See " + cluster.log());
            }
            if (PidFile.read(cluster.directory())
                    .filter(file -> file.pid() == pid() && file.ready())
                    .isPresent()) {
                return;
            }
        }
        stop();
        throw new PostgresStartException("PostgreSQL wasn't ready after 10 minutes. See " + cluster.log());
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /**
     * Stops the server fast, then immediately, which equals a crash for it; kills it if neither works. Data survives
     * each of them.
     */
    @Override
    public void stop() throws InterruptedException {
        for (String signal : List.of("INT", "QUIT")) {
            if (process.isAlive()) {
                try {
                    postgresPrograms.run("pg_ctl", List.of("kill", signal, "" + pid()), cluster.directory(), "");
                } catch (PostgresStartException gone) {
                    log.debug("Failed to send a signal to PostgreSQL", gone);
                }
                if (process.waitFor(30, TimeUnit.SECONDS)) {
                    return;
                }
                log.warn("PostgreSQL (process {}) didn't end within 30 s of SIG{}", pid(), signal);
            }
        }
        process.destroyForcibly().waitFor();
    }

    private String lastLogLines() {
        try (RandomAccessFile file = new RandomAccessFile(cluster.log().toFile(), "r")) {
            file.seek(Math.max(logBegin, file.length() - 4_096));
            byte[] end = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .filter(line -> !line.contains("LOG:") || line.contains("could not bind"))
                    .map(line -> line.replaceFirst("^\\S+ \\S+ UTC \\[\\d+] ", ""))
                    .reduce((first, second) -> first + "; " + second)
                    .orElse("no output.");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
