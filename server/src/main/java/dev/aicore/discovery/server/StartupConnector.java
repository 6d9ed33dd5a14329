package dev.aicore.discovery.server;

import dev.aicore.discovery.config.time.TimeSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to PostgreSQL at the start, and waits for a PostgreSQL that doesn't accept connections yet. */
final class StartupConnector {

    private static final Logger LOG = LoggerFactory.getLogger(StartupConnector.class);

    /** SQLSTATE codes of failures that may end: no connection, lost connection, too many connections, starting up. */
    private static final Set<String> TEMPORARY = Set.of("08001", "08003", "08006", "53300", "57P03");

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Duration timeout;
    private final TimeSource time;
    private final Consumer<Duration> sleeper;

    /**
     * Creates a connector.
     *
     * @param timeout maximum wait
     * @param sleeper waits between two attempts
     */
    StartupConnector(Duration timeout, TimeSource time, Consumer<Duration> sleeper) {
        this.timeout = timeout;
        this.time = time;
        this.sleeper = sleeper;
    }

    /** Attempts to connect. */
    @FunctionalInterface
    interface ConnectionAttempt {
        Connection connect() throws SQLException;
    }

    /**
     * Connects, in as many attempts as the timeout allows.
     *
     * @throws SQLException the failure of the last attempt, or one that doesn't end by itself, such as a wrong
     *     password or an untrusted certificate
     */
    Connection connect(ConnectionAttempt attempt) throws SQLException {
        long began = time.nanos();
        boolean waits = false;
        while (true) {
            try {
                return attempt.connect();
            } catch (SQLException failure) {
                if (!isTemporary(failure)
                        || time.nanos() - began >= timeout.toNanos()
                        || Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
                if (!waits) {
                    LOG.info("Waiting for PostgreSQL, at most {} s: {}", timeout.toSeconds(), failure.getMessage());
                    waits = true;
                }
                sleeper.accept(PAUSE);
            }
        }
    }

    private static boolean isTemporary(SQLException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return false;
            }
        }
        return failure.getSQLState() != null && TEMPORARY.contains(failure.getSQLState());
    }
}
