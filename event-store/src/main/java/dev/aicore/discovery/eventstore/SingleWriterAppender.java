package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
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
 * The only writer of the store: one thread commits the units of many threads in groups, under an epoch of the head row.
 *
 * <p>What it acknowledges is durable. After a failure of the connection it claims a new epoch and reads the head again before the
 * next append, so that a late statement of the old connection can't slip in between. Deposed, it stops for good.
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
    private volatile @Nullable RuntimeException refusal =
            StoreUnavailableException.nothingDone("The store's writer has not started.", null);
    private volatile @Nullable StoreUnavailableException suspension;
    private volatile @Nullable AppenderSession session;

    /** Milliseconds before the next attempt to reconnect; 0 since the last append. */
    private long backOff;

    /**
     * A lane that isn't started yet.
     *
     * @param database gives connections with connect and socket timeouts, see {@link AppenderDataSource}; the lane keeps one open
     * @param owner    who writes, at most one process: the same owner takes the store over without waiting for its lease
     */
    public SingleWriterAppender(DataSource database, String owner, EventStoreSettings settings) {
        this.database = database;
        this.owner = owner;
        this.settings = settings;
        this.queue = new AppendQueue(settings);
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("store-lane-timer").factory());
        this.thread = Thread.ofPlatform().daemon().name("store-lane").unstarted(this::run);
    }

    /** Adds a listener; it hears of what happens from now on. */
    public void addListener(AppendListener listener) {
        listeners.add(listener);
    }

    /**
     * Claims the store and starts to write.
     *
     * @throws StoreInUseException if another owner holds it, and did so for all of the time that the settings give it
     * @throws StoreUnavailableException if the database fails
     */
    public void start() {
        session = new WriterElection(database, owner, settings).await();
        refusal = null;
        LOG.info("Writing to the event store as '{}': {}", owner, session);
        thread.start();
        long renewal = settings.lease().toMillis() / 3;
        var _ = timer.scheduleAtFixedRate(queue::wakeToRenew, renewal, renewal, TimeUnit.MILLISECONDS);
    }

    /** Whether appends are taken just now. */
    public boolean isAvailable() {
        return refusal == null && suspension == null;
    }

    /** Refuses appends from here on, for that reason; what waits already is still written. To be ended by {@link #resume}. */
    void suspend(StoreUnavailableException reason) {
        synchronized (listeners) {
            suspension = reason;
            if (refusal == null) {
                listeners.forEach(listener -> listener.onOutage(String.valueOf(reason.getMessage())));
            }
        }
    }

    /** Takes appends again. */
    void resume() {
        synchronized (listeners) {
            suspension = null;
            notifyRecovery();
        }
    }

    /**
     * Spares whoever wants to append the work that comes before it.
     *
     * @throws StoreUnavailableException if appends are refused just now
     */
    public void requireAvailable() {
        var reason = refusal == null ? suspension : refusal;
        if (reason != null) {
            throw StoreUnavailableException.nothingDone(String.valueOf(reason.getMessage()), reason);
        }
    }

    @Override
    public AppendResult append(List<NewEvent> events) {
        return append(events, List.of());
    }

    @Override
    public AppendResult append(List<NewEvent> events, List<NewIdempotencyRecord> keys) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("A unit has at least one event.");
        }
        var suspended = suspension;
        if (suspended != null) {
            throw StoreUnavailableException.nothingDone(String.valueOf(suspended.getMessage()), suspended);
        }
        var request = new AppendRequest(events, keys);
        queue.submit(request);
        return request.await(settings.acknowledgeWithin());
    }

    /** Writes what waits, gives the lease back, and stops. What comes later is refused. */
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
        RuntimeException end = StoreUnavailableException.nothingDone("The store's writer has stopped.", null);
        try {
            while (!closing) {
                serve();
            }
            release();
        } catch (DeposedException e) {
            LOG.error("This process must not write to the event store any more. {}", e.getMessage());
            end = e;
            notifyOutage(e);
            listeners.forEach(listener -> listener.onDeposed(e));
        } catch (RuntimeException | Error e) {
            LOG.error("The event store's writer has died.", e);
            end = StoreUnavailableException.nothingDone("The store's writer has died.", e);
            notifyOutage(end);
            throw e;
        } finally {
            refusal = end;
            queue.stop(end);
            timer.shutdownNow();
            current().close();
        }
    }

    /** Writes until the connection fails or the lane is closed. */
    private void serve() {
        try {
            var group = new GroupCommit(current(), queue, settings, this::notifyAppended);
            while (group.next()) {
                // each turn is one group
            }
            notifyConfirmed();
        } catch (SQLException e) {
            recover(e);
        }
    }

    private void recover(SQLException cause) {
        LOG.warn("The event store can't be written: {}", cause.getMessage());
        notifyOutage(outage(cause));
        current().close();
        for (backOff(); !closing; backOff()) {
            try {
                session = current().resume(database);
                LOG.info("The event store can be written again: {}", session);
                synchronized (listeners) {
                    refusal = null;
                    notifyRecovery();
                }
                notifyConfirmed();
                return;
            } catch (SQLException e) {
                LOG.debug("The event store is still away: {}", e.getMessage());
                refusal = outage(e);
            }
        }
    }

    /** Not before the first attempt after an append, then ever longer: a store that refuses appends may well be connected to at once. */
    private void backOff() {
        var reason = refusal;
        if (backOff > 0 && reason != null) {
            var _ = timer.schedule(queue::wakeToRetry, backOff, TimeUnit.MILLISECONDS);
            queue.refuseUntilRetry(reason);
        }
        long longest = settings.maxBackOff().toMillis();
        backOff = Math.clamp(backOff * 2, settings.firstBackOff().toMillis(), longest);
    }

    private static StoreUnavailableException outage(SQLException cause) {
        return StoreUnavailableException.nothingDone("The event store is away: " + cause.getMessage(), cause);
    }

    private void release() {
        try {
            current().release();
        } catch (SQLException e) {
            LOG.info("The event store's lease was left to run out: {}", e.getMessage());
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

    /** Appends are refused from here on. */
    private void notifyOutage(RuntimeException reason) {
        synchronized (listeners) {
            refusal = reason;
            listeners.forEach(listener -> listener.onOutage(String.valueOf(reason.getMessage())));
        }
    }

    /** Tells it once nothing keeps appends from being taken. */
    private void notifyRecovery() {
        if (isAvailable()) {
            listeners.forEach(AppendListener::onRecovered);
        }
    }

    private AppenderSession current() {
        var current = session;
        if (current == null) {
            throw new IllegalStateException("The lane has not been started.");
        }
        return current;
    }
}
