package dev.aicore.discovery.server.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** PostgreSQL of a running registry, accessed by its files, its processes and its tables. */
final class EmbeddedStore {

    /** Application name of tests' connections: a closed one may be listed a little longer. */
    static final String OBSERVER = "observer";

    private static final int PORT_LINE = 3;

    private final Path dataDir;

    EmbeddedStore(Path dataDir) {
        this.dataDir = dataDir;
    }

    /** Returns the process id of the postmaster; empty while there is none. */
    OptionalLong postmaster() {
        try {
            long pid = Long.parseLong(lines().getFirst().strip());
            return ProcessHandle.of(pid).isPresent() ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | NumberFormatException | NoSuchElementException absentOrBeingWritten) {
            return OptionalLong.empty();
        }
    }

    /** Kills only the postmaster; its children notice that. Does nothing while there is none. */
    void kill() {
        postmaster().ifPresent(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    /**
     * Kills one of the postmaster's children, after which PostgreSQL restarts all of them and recovers. Does nothing
     * while there is none.
     */
    void killOneProcess(Random chance) {
        postmaster().stream()
                .mapToObj(ProcessHandle::of)
                .flatMap(Optional::stream)
                .map(postmaster -> postmaster.children().toList())
                .filter(children -> !children.isEmpty())
                .forEach(children ->
                        children.get(chance.nextInt(children.size())).destroyForcibly());
    }

    /**
     * Stops the server without a checkpoint, as {@code pg_ctl stop -m immediate} does. Does nothing while there is
     * none.
     */
    void stopImmediately() {
        postmaster().ifPresent(pid -> ProcessSignals.send("QUIT", pid));
    }

    /**
     * Stops the server immediately, and again after each restart.
     *
     * @return number of stops
     */
    int keepAway(Duration howLong) {
        var end = Instant.now().plus(howLong);
        var stopped = new HashSet<Long>();
        await().atMost(howLong.multipliedBy(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    postmaster().ifPresent(pid -> {
                        if (stopped.add(pid)) {
                            stopImmediately();
                        }
                    });
                    return Instant.now().isAfter(end);
                });
        return stopped.size();
    }

    /** Connects as the registry does, but with another application name. */
    Connection connect() throws SQLException {
        try {
            var password =
                    Files.readString(dataDir.resolve("postgres.password")).strip();
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + port() + "/registry?ApplicationName=" + OBSERVER,
                    "registry",
                    password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number in the first column of the first row. */
    long number(String query) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the texts in the first column of all rows. */
    List<String> texts(String query) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    int port() throws IOException {
        return Integer.parseInt(lines().get(PORT_LINE).strip());
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(dataDir.resolve("postgres").resolve("postmaster.pid"));
    }
}
