package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until this process may write to the store. */
final class WriterElection {

    private static final Logger LOG = LoggerFactory.getLogger(WriterElection.class);
    private static final long POLL_MILLIS = 100;
    private static final int POLLS_AFTER_FAILURE = 10;

    private final DataSource database;
    private final String owner;
    private final EventStoreSettings settings;

    WriterElection(DataSource database, String owner, EventStoreSettings settings) {
        this.database = database;
        this.owner = owner;
        this.settings = settings;
    }

    /**
     * Returns a session as soon as the lease of the store has ended, was released, or belongs to this owner already.
     * After the first attempt, failures of the database don't end the wait before {@code claimWait}.
     *
     * @throws StoreInUseException if another owner still holds the lease after {@code claimWait}
     * @throws StoreUnavailableException if the database fails at the first attempt, or after {@code claimWait}
     */
    AppenderSession await() {
        long polls = settings.claimWait().toMillis() / POLL_MILLIS;
        boolean away = false;
        int step;
        for (long i = 0; ; i += step) {
            try {
                var session = AppenderSession.claim(database, owner, settings);
                if (session.isPresent()) {
                    return session.get();
                }
                if (i == 0) {
                    LOG.info("Another writer owns the event store; waiting for its lease to end.");
                }
                if (i >= polls) {
                    throw refusal();
                }
                away = false;
            } catch (SQLException e) {
                if (i == 0 || i >= polls) {
                    throw StoreUnavailableException.nothingDone(
                            "The event store can't be claimed: " + e.getMessage(), e);
                }
                if (!away) {
                    LOG.warn("Failed to claim the event store; still waiting for it: {}", e.getMessage());
                }
                away = true;
            }
            step = away ? POLLS_AFTER_FAILURE : 1;
            pause(step);
        }
    }

    private StoreInUseException refusal() throws SQLException {
        try (var connection = database.getConnection()) {
            var current = HeadRows.owner(connection);
            return new StoreInUseException(current.name(), current.until(), settings.claimWait());
        }
    }

    private static void pause(int polls) {
        var elapsed = new CompletableFuture<Void>();
        elapsed.completeOnTimeout(null, polls * POLL_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }
}
