package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeLook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the rows of this node and of the owner when a process announces a change, when the owner's lease ends, and
 * at a slow interval, in case that an announcement was lost. Has a connection and a thread of its own.
 */
public final class NodeWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeWatcher.class);

    private final DataSource database;
    private final String node;
    private final EventStoreSettings settings;
    private final long intervalMillis;
    private final Runnable onAnnouncement;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;

    /** Set while the database doesn't answer. */
    private boolean away;

    /**
     * Creates a watcher that isn't started yet.
     *
     * @param database source of connections with connect and socket timeouts, see {@link AppenderDataSource}
     * @param node name of this node
     * @param intervalMillis maximum time between two looks
     * @param onAnnouncement called after each announcement, before the look; returns at once
     */
    public NodeWatcher(
            DataSource database,
            String node,
            EventStoreSettings settings,
            long intervalMillis,
            Runnable onAnnouncement) {
        this.database = database;
        this.node = node;
        this.settings = settings;
        this.intervalMillis = intervalMillis;
        this.onAnnouncement = onAnnouncement;
    }

    /**
     * Begins to look.
     *
     * @param onLook receives the result of each look, on the watcher's thread; may fail while the database does
     */
    public void start(Consumer<NodeLook> onLook) {
        Thread.ofPlatform().daemon().name("node-watcher").start(() -> run(onLook));
    }

    @Override
    public void close() {
        closed.countDown();
        var open = connection;
        if (open != null) {
            abort(open);
        }
    }

    private void run(Consumer<NodeLook> onLook) {
        try {
            do {
                follow(onLook);
            } while (!closed.await(settings.maxBackOff().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException("The thread of the watcher must not be interrupted.", e);
        }
    }

    /** Looks until the connection fails, or until this watcher is closed. */
    private void follow(Consumer<NodeLook> onLook) {
        try (var open = AppenderSession.open(database, settings)) {
            connection = open;
            // Before the first look, so that no change is missed between the two.
            NodeRows.listen(open);
            while (!isClosed()) {
                var look = NodeAddressRows.look(open, node);
                onLook.accept(look);
                away = false;
                if (awaitAnnouncement(open, look)) {
                    onAnnouncement.run();
                }
            }
        } catch (SQLException | RuntimeException e) {
            if (!away && !isClosed()) {
                LOG.warn("Failed to look for the owner of the event store: {}", e.getMessage());
            }
            away = true;
        } finally {
            connection = null;
        }
    }

    /** Waits for an announcement. Returns false if the next look is due without one. */
    private boolean awaitAnnouncement(Connection open, NodeLook look) throws SQLException {
        long leaseMillis = look.ownerLeaseMillis();
        long millis = leaseMillis > 0 ? Math.min(leaseMillis, intervalMillis) : intervalMillis;
        var announcements =
                open.unwrap(PGConnection.class).getNotifications(Math.toIntExact(Math.clamp(millis, 1, 3_600_000)));
        return announcements != null && announcements.length > 0;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private static void abort(Connection open) {
        try {
            open.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("Failed to close the connection of the watcher: {}", e.getMessage());
        }
    }
}
