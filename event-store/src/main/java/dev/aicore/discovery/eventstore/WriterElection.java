package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.NodeRows.Membership;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps this process a node while another one owns the store, and claims the store once nobody owns it. Used by one
 * thread.
 */
final class WriterElection implements AutoCloseable {

    /** Pause before the next attempt if it isn't known when the store will be free. */
    private static final long RETRY_MILLIS = 200;

    private final DataSource database;
    private final String name;
    private final EventStoreSettings settings;
    private final TimeSource time;
    private @Nullable Connection connection;
    private @Nullable Membership membership;
    private boolean joined;
    private long renewedAt;
    private long pauseMillis = RETRY_MILLIS;

    WriterElection(DataSource database, String name, EventStoreSettings settings, TimeSource time) {
        this.database = database;
        this.name = name;
        this.settings = settings;
        this.time = time;
    }

    /**
     * Joins, or renews the membership, and claims the store if nobody owns it.
     *
     * @return the session of the owner; empty while another node owns the store
     */
    Optional<AppenderSession> attempt() throws SQLException {
        try {
            var session = attemptOn(connection());
            if (session.isPresent()) {
                // The session has the connection now. After it, this process joins again.
                connection = null;
                membership = null;
            }
            return session;
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Returns the pause before the next attempt, unless a change is announced before. */
    long pauseMillis() {
        return pauseMillis;
    }

    private Optional<AppenderSession> attemptOn(Connection open) throws SQLException {
        pauseMillis = RETRY_MILLIS;
        var member = member(open);
        if (member == null) {
            return Optional.empty();
        }
        long heldMillis = ClaimRows.heldForMillis(open, name);
        if (heldMillis > 0) {
            // Not longer than until this node's own lease is to be renewed.
            pauseMillis = Math.min(heldMillis, settings.lease().toMillis() / 3);
            return Optional.empty();
        }
        long before = time.nanos();
        var claim = ClaimRows.claim(open, member, settings.lease());
        return claim.isEmpty()
                ? Optional.empty()
                : Optional.of(new AppenderSession(open, member, claim.get(), settings, time, before));
    }

    /** Returns the membership, renewed if that is due; null while another process of the same name is alive. */
    private @Nullable Membership member(Connection open) throws SQLException {
        var member = membership;
        long now = time.nanos();
        boolean due = now - renewedAt > settings.lease().toNanos() / 3;
        if (member != null && due && !NodeRows.renew(open, member, settings.lease())) {
            member = null;
        }
        if (member == null) {
            member = joined
                    ? NodeRows.rejoin(open, name, settings.lease()).orElse(null)
                    : NodeRows.join(open, name, settings.lease());
            joined = true;
            due = true;
        }
        if (due) {
            renewedAt = now;
        }
        membership = member;
        return member;
    }

    private Connection connection() throws SQLException {
        var open = connection;
        if (open == null) {
            open = AppenderSession.open(database, settings);
            connection = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (connection != null) {
            AppenderSession.closeQuietly(connection);
            connection = null;
        }
    }
}
