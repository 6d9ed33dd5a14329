package dev.aicore.discovery.config.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits its turn to write. */
final class StoreClaim {

    private static final Logger LOG = LoggerFactory.getLogger(StoreClaim.class);
    private static final long POLL_MILLIS = 100;

    private final DataSource database;
    private final String owner;
    private final EventStoreSettings settings;

    StoreClaim(DataSource database, String owner, EventStoreSettings settings) {
        this.database = database;
        this.owner = owner;
        this.settings = settings;
    }

    /** The store, as soon as its lease is over, is given back, or turns out to be this owner's own. */
    LaneSession await() {
        try {
            long polls = settings.claimWait().toMillis() / POLL_MILLIS;
            for (long i = 0; ; i++) {
                var session = LaneSession.claim(database, owner, settings);
                if (session.isPresent()) {
                    return session.get();
                }
                if (i == 0) {
                    LOG.info("Another writer owns the event store; waiting for its lease to end.");
                }
                if (i >= polls) {
                    throw refusal();
                }
                pause();
            }
        } catch (SQLException e) {
            throw StoreUnavailableException.nothingDone("The event store can't be claimed: " + e.getMessage(), e);
        }
    }

    private StoreInUseException refusal() throws SQLException {
        try (var connection = database.getConnection()) {
            var current = HeadRows.owner(connection);
            return new StoreInUseException(current.name(), current.until(), settings.claimWait());
        }
    }

    private static void pause() {
        var elapsed = new CompletableFuture<Void>();
        elapsed.completeOnTimeout(null, POLL_MILLIS, TimeUnit.MILLISECONDS).join();
    }
}
