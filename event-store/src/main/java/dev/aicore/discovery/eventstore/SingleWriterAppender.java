package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.eventstore.AppendListener.AppendedGroup;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Only writer of the store. One thread commits the units of work of many threads in groups, under an epoch of the head
 * row.
 *
 * <p>Acknowledged events are durable. After a failure of the connection, the appender claims a new epoch and reads the
 * head again before the next append, so that a late statement of the old connection can't be committed in between. A
 * deposed appender stops permanently.
 */
public final class SingleWriterAppender implements EventAppender, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SingleWriterAppender.class);

    private final DataSource database;
    private final String owner;
    private final EventStoreSettings settings;
    private final AppendQueue queue;
    private final List<AppendListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable RuntimeException rejection =
            StoreUnavailableException.nothingDone("The event appender has not started.", null);
    private volatile @Nullable StoreUnavailableException suspension;
    private volatile @Nullable AppenderSession session;

    /** Pause before the next attempt to reconnect, in milliseconds; 0 since the last append. */
    private long backOff;

    /**
     * Creates an appender that isn't started yet.
     *
     * @param database source of connections with connect and socket timeouts, see {@link AppenderDataSource}; the
     *     appender keeps one open
     * @param owner name of the writer, used by at most one process; the same owner takes the store over without waiting
     *     for its lease
     */
    public SingleWriterAppender(DataSource database, String owner, EventStoreSettings settings) {
        this.database = database;
        this.owner = owner;
        this.settings = settings;
        this.queue = new AppendQueue(settings);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("event-appender-timer").factory());
        this.thread = Thread.ofPlatform().daemon().name("event-appender").unstarted(this::run);
    }

    /** Adds a listener. The listener receives later changes only. */
    public void addListener(AppendListener listener) {
        listeners.add(listener);
    }

    /**
     * Claims the store and starts to write.
     *
     * @throws StoreInUseException if another owner held the store for the whole waiting time of the settings
     * @throws StoreUnavailableException if the database fails
     */
    public void start() {
        session = new WriterElection(database, owner, settings).await();
        rejection = null;
        LOG.info("Writing to the event store as '{}': {}", owner, session);
        thread.start();
        long renewal = settings.lease().toMillis() / 3;
        var _ = timer.scheduleAtFixedRate(queue::wakeToRenew, renewal, renewal, TimeUnit.MILLISECONDS);
    }

    /** Returns true if appends are accepted at present. */
    public boolean isAvailable() {
        return rejection == null && suspension == null;
    }

    /** Refuses appends for the given reason until {@link #resume}. Requests that wait already are still written. */
    void suspend(StoreUnavailableException reason) {
        synchronized (listeners) {
            suspension = reason;
            if (rejection == null) {
                listeners.forEach(listener -> listener.onOutage(String.valueOf(reason.getMessage())));
            }
        }
    }

    /** Accepts appends again, unless the store can't be written. */
    void resume() {
        synchronized (listeners) {
            suspension = null;
            notifyRecovery();
        }
    }

    /**
     * Fails if appends are refused at present, so that a caller can save the work before an append.
     *
     * @throws StoreUnavailableException if appends are refused at present
     */
    public void requireAvailable() {
        var reason = rejection == null ? suspension : rejection;
        if (reason != null) {
            throw StoreUnavailableException.nothingDone(String.valueOf(reason.getMessage()), reason);
        }
    }

    @Override
    public AppendResult append(List<NewEvent> events, List<NewIdempotencyRecord> keys) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("An append must have at least one event.");
        }
        var suspended = suspension;
        if (suspended != null) {
            throw StoreUnavailableException.nothingDone(String.valueOf(suspended.getMessage()), suspended);
        }
        var request = new AppendRequest(events, keys);
        queue.submit(request);
        return request.await(settings.acknowledgeWithin());
    }

    /**
     * Writes the waiting requests, releases the lease, and stops. Later appends are refused. Waits at most for the
     * socket timeout and the connect timeout together.
     */
    @Override
    public void close() {
        closing = true;
        queue.wakeToStop();
        try {
            thread.join(settings.socketTimeout().plus(settings.connectTimeout()).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        RuntimeException end = StoreUnavailableException.nothingDone("The event appender has stopped.", null);
        try {
            while (!closing) {
                writeGroups();
            }
            release();
        } catch (DeposedException e) {
            LOG.error("This process must not write to the event store any more. {}", e.getMessage());
            end = e;
            notifyOutage(e);
            listeners.forEach(listener -> listener.onDeposed(e));
        } catch (RuntimeException | Error e) {
            LOG.error("The event appender has failed and stopped.", e);
            end = StoreUnavailableException.nothingDone("The event appender has failed.", e);
            notifyOutage(end);
            throw e;
        } finally {
            rejection = end;
            queue.stop(end);
            timer.shutdownNow();
            current().close();
        }
    }

    /**
     * Writes groups until the next wake-up, then confirms that this is still the only writer. Reconnects if the
     * connection fails.
     */
    private void writeGroups() {
        try {
            var group = new GroupCommit(current(), queue, settings, this::notifyAppended);
            while (group.next()) {
                // each iteration commits one group
            }
            notifyConfirmed();
        } catch (SQLException e) {
            recover(e);
        }
    }

    private void recover(SQLException cause) {
        LOG.warn("Failed to write to the event store; reconnecting: {}", cause.getMessage());
        notifyOutage(outage(cause));
        current().close();
        for (backOff(); !closing; backOff()) {
            try {
                session = current().resume(database);
                LOG.info("The event store is writable again: {}", session);
                synchronized (listeners) {
                    rejection = null;
                    notifyRecovery();
                }
                notifyConfirmed();
                return;
            } catch (SQLException e) {
                LOG.debug("The event store is still unavailable: {}", e.getMessage());
                rejection = outage(e);
            }
        }
    }

    /**
     * Pauses before an attempt to reconnect, but not before the first one after an append. The pause doubles each time:
     * a store that refuses appends may still accept connections at once.
     */
    private void backOff() {
        var reason = rejection;
        if (backOff > 0 && reason != null) {
            var _ = timer.schedule(queue::wakeToRetry, backOff, TimeUnit.MILLISECONDS);
            queue.rejectUntilRetry(reason);
        }
        long maxMillis = settings.maxBackOff().toMillis();
        backOff = Math.clamp(backOff * 2, settings.initialBackOff().toMillis(), maxMillis);
    }

    private static StoreUnavailableException outage(SQLException cause) {
        return StoreUnavailableException.nothingDone("The event store is unavailable: " + cause.getMessage(), cause);
    }

    private void release() {
        try {
            current().release();
        } catch (SQLException e) {
            LOG.info("Failed to release the lease of the event store; the lease will expire: {}", e.getMessage());
        }
    }

    private void notifyAppended(AppendedGroup group) {
        backOff = 0;
        listeners.forEach(listener -> listener.onAppended(group));
    }

    private void notifyConfirmed() {
        long position = current().position();
        listeners.forEach(listener -> listener.onConfirmed(position));
    }

    /** Refuses appends from now on, and notifies the listeners. */
    private void notifyOutage(RuntimeException reason) {
        synchronized (listeners) {
            rejection = reason;
            listeners.forEach(listener -> listener.onOutage(String.valueOf(reason.getMessage())));
        }
    }

    /** Notifies the listeners once nothing prevents appends any more. */
    private void notifyRecovery() {
        if (isAvailable()) {
            listeners.forEach(AppendListener::onRecovered);
        }
    }

    private AppenderSession current() {
        var current = session;
        if (current == null) {
            throw new IllegalStateException("The event appender has not been started.");
        }
        return current;
    }
}
