package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.embedded.postgres.LockTableSize;
import dev.aicore.discovery.eventstore.AppenderDataSource;
import dev.aicore.discovery.server.LockCapacityReader.LockCapacity;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks an external PostgreSQL once, before anything depends on it. */
final class ExternalDatabaseCheck {

    private static final Logger LOG = LoggerFactory.getLogger(ExternalDatabaseCheck.class);

    private ExternalDatabaseCheck() {}

    /** Thrown if no connection can be made; the cause holds the reason. */
    static final class UnreachableDatabaseException extends RuntimeException {

        UnreachableDatabaseException(SQLException cause) {
            super(cause);
        }
    }

    /**
     * Connects, and warns if the lock table is too small.
     *
     * @throws UnreachableDatabaseException if no connection can be made within the timeout, with the reason in one
     *     line for {@link StartupFailureAnalyzer}
     */
    static void require(PostgresSettings postgres, EventStoreSettings store) {
        var connections = AppenderDataSource.to(postgres.jdbcUrl(), postgres.username(), postgres.password(), store);
        var connector = new StartupConnector(
                postgres.startupTimeout(), new SystemTimeSource(), pause -> LockSupport.parkNanos(pause.toNanos()));
        try (var connection = connector.connect(connections::getConnection)) {
            warn(LockCapacityReader.read(connection), store.partitionsAhead());
        } catch (SQLException failure) {
            throw new UnreachableDatabaseException(failure);
        }
    }

    private static void warn(LockCapacity capacity, int ahead) {
        int partitions = capacity.partitions() + ahead;
        int needed = LockTableSize.locks(partitions);
        if (capacity.locks() < needed) {
            LOG.warn(
                    "PostgreSQL has {} locks, but {} partitions of observations may need {} at once: increase its"
                            + " max_locks_per_transaction from {} to at least {}.",
                    capacity.locks(),
                    partitions,
                    needed,
                    capacity.perTransaction(),
                    Math.ceilDiv(needed, capacity.transactions()));
        }
    }
}
