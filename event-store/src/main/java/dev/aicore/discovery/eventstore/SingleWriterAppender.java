package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.telemetry.LogEvent;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.eventstore.AppendListener.AppendedGroup;
import dev.aicore.discovery.eventstore.EventAppender.AppendResult;
import dev.aicore.discovery.eventstore.IdempotencyStore.NewIdempotencyRecord;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writer of the store while this process owns it. One thread commits the units of work of many threads in groups, under
 * a generation of the node's row and an epoch of the head row.
 *
 * <p>Acknowledged events are durable. After a failure of the connection, the appender begins a new generation and epoch
 * and reads the head again before the next append, so that a late statement of the old connection can't be committed in
 * between. While another node owns the store, appends are refused, and the appender claims the store as soon as nobody
 * owns it. So does a deposed appender.
 */
public final class SingleWriterAppender implements EventAppender, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SingleWriterAppender.class);

    private final DataSource database;
    private final String node;
    private final EventStoreSettings settings;
    private final WriterElection election;
    private final AppendQueue queue;
    private final List<AppendListener> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable RuntimeException rejection =
            StoreUnavailableException.nothingDone("The event appender has not started.", null);
    private volatile @Nullable StoreUnavailableException suspension;
    private final StoreOwnership ownership = new StoreOwnership();

    /** Set while the database can't be queried for the owner. */
    private boolean away;

    /** Pause before the next attempt to reconnect, in milliseconds; 0 since the last append. */
    private long backOff;

    /** Creates an appender that isn't started yet, on the clocks of this machine. */
    public SingleWriterAppender(DataSource database, String node, EventStoreSettings settings) {
        this(database, node, settings, new SystemTimeSource());
    }

    /**
     * Creates an appender that isn't started yet.
     *
     * @param database source of connections with connect and socket timeouts, see {@link AppenderDataSource}; the
     *     appender keeps one open
     * @param node name of the node, used by at most one process; a process that is started again under the same name
     *     takes the store over without waiting for its lease
     */
    public SingleWriterAppender(DataSource database, String node, EventStoreSettings settings, TimeSource time) {
        this.database = database;
        this.node = node;
        this.settings = settings;
        this.election = new WriterElection(database, node, settings, time);
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
     * Joins the nodes of the store, and claims the store if nobody owns it. Otherwise it is claimed later, once its
     * owner is gone.
     *
     * @throws StoreUnavailableException if the database fails
     */
    public void start() {
        try {
            election.attempt().ifPresentOrElse(this::own, this::standBy);
        } catch (SQLException e) {
            throw StoreUnavailableException.nothingDone("The event store can't be claimed: " + e.getMessage(), e);
        }
        thread.start();
        long renewal = settings.lease().toMillis() / 3;
        var _ = timer.scheduleAtFixedRate(queue::wakeToRenew, renewal, renewal, TimeUnit.MILLISECONDS);
    }

    /** Claims the store now, if it is free and this process doesn't own it: to be called once it may be free. */
    public void claimSoon() {
        if (ownership.claim() == 0) {
            queue.wakeToRetry();
        }
    }

    /** Returns true if appends are accepted at present. */
    public boolean isAvailable() {
        return rejection == null && suspension == null;
    }

    /** Returns the present claim, see {@link StoreOwnership#claim}; 0 while this process doesn't own the store. */
    public long claim() {
        return ownership.claim();
    }

    /**
     * Returns the claim under which this process owns the store, see {@link StoreOwnership#require}.
     *
     * @throws StoreUnavailableException if another node may own the store
     */
    public long requireOwnership() {
        return ownership.require(rejection);
    }

    StoreOwnership ownership() {
        return ownership;
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
                if (ownership.claim() == 0) {
                    awaitClaim();
                } else {
                    write();
                }
            }
            ownership.release();
        } catch (RuntimeException | Error e) {
            LOG.error("The event appender has failed and stopped.", e);
            end = StoreUnavailableException.nothingDone("The event appender has failed.", e);
            notifyOutage(end);
            throw e;
        } finally {
            rejection = end;
            ownership.end();
            queue.stop(end);
            timer.shutdownNow();
            election.close();
            ownership.close();
        }
    }

    /** Writes until this process is deposed, or closes. */
    private void write() {
        try {
            while (!closing) {
                writeGroups();
            }
        } catch (DeposedException e) {
            LogEvent.DEPOSED.on(LOG).log("This node doesn't own the event store any more. {}", e.getMessage());
            ownership.end();
            ownership.session().close();
            notifyOutage(e);
            listeners.forEach(listener -> listener.onDeposed(e));
            queue.failWaiting(e);
        }
    }

    /**
     * Tries once to claim the store, unless work of an earlier claim hasn't ended yet. Refuses appends until the next
     * attempt is due.
     */
    private void awaitClaim() {
        try {
            var won = ownership.isWorkInProgress() ? Optional.<AppenderSession>empty() : election.attempt();
            if (won.isPresent()) {
                own(won.get());
                synchronized (listeners) {
                    listeners.forEach(AppendListener::onClaimed);
                    notifyRecovery();
                }
                notifyConfirmed();
                return;
            }
            away = false;
        } catch (SQLException e) {
            if (!away) {
                LOG.warn("Failed to look for the owner of the event store: {}", e.getMessage());
            }
            away = true;
        }
        long pause = away ? settings.maxBackOff().toMillis() : election.pauseMillis();
        var retry = timer.schedule(queue::wakeToRetry, pause, TimeUnit.MILLISECONDS);
        queue.rejectUntilRetry(Objects.requireNonNullElseGet(rejection, StoreUnavailableException::ownedElsewhere));
        retry.cancel(false);
    }

    private void own(AppenderSession won) {
        ownership.begin(won);
        rejection = null;
        LogEvent.TAKEOVER.on(LOG).log("Node '{}' owns the event store: {}", node, won);
    }

    private void standBy() {
        rejection = StoreUnavailableException.ownedElsewhere();
        LOG.info("Another node owns the event store; node '{}' waits for the end of its lease.", node);
    }

    /**
     * Writes groups until the next wake-up, then confirms that this is still the only writer. Reconnects if the
     * connection fails.
     */
    private void writeGroups() {
        try {
            var group = new GroupCommit(ownership.session(), queue, settings, this::notifyAppended);
            while (group.next()) {
                // each iteration commits one group
            }
            notifyConfirmed();
        } catch (SQLException e) {
            recover(e);
        }
    }

    private void recover(SQLException cause) {
        LogEvent.STORE_UNAVAILABLE.on(LOG).log("Failed to write events; reconnecting: {}", cause.getMessage());
        notifyOutage(StoreUnavailableException.outage(cause));
        ownership.session().close();
        for (backOff(); !closing; backOff()) {
            try {
                var resumed = ownership.session().resume(database);
                ownership.replaceSession(resumed);
                LogEvent.STORE_RECOVERED.on(LOG).log("The event store is writable again: {}", resumed);
                synchronized (listeners) {
                    rejection = null;
                    notifyRecovery();
                }
                notifyConfirmed();
                return;
            } catch (SQLException e) {
                LOG.debug("The event store is still unavailable: {}", e.getMessage());
                rejection = StoreUnavailableException.outage(e);
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

    private void notifyAppended(AppendedGroup group) {
        backOff = 0;
        listeners.forEach(listener -> listener.onAppended(group));
    }

    private void notifyConfirmed() {
        long position = ownership.session().position();
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
}
