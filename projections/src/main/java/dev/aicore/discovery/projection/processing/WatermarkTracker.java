package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.eventstore.StoreReader.StoreHead;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks up to which position each projection's tables are complete: immediately in this process, and for other
 * processes in {@code models.watermarks}. A projection that has folded the last fact reflects the head of the store,
 * even if observations follow that fact. Positions only increase, also while a projection folds facts again.
 */
public final class WatermarkTracker {

    private static final Logger LOG = LoggerFactory.getLogger(WatermarkTracker.class);

    /** Interval of polling the segments while a caller waits; a poll costs no query. */
    private static final Duration AWAITED_POLL_INTERVAL = Duration.ofMillis(2);

    /** Delay of a publication after a commit, so that it covers further commits meanwhile. */
    private static final Duration PUBLISH_DELAY = Duration.ofMillis(20);

    private final Map<String, Watermark> byProjection = new LinkedHashMap<>();
    private final Set<String> folding;
    private final LongSupplier folded;
    private final Supplier<StoreHead> head;
    private final DataSource database;
    private final ScheduledExecutorService executor;
    private final Duration interval;
    private final LocalWatermarks watermarks;
    private final BooleanSupplier active;
    private final Map<String, Long> published = new ConcurrentHashMap<>();
    private final AtomicBoolean polling = new AtomicBoolean();
    private final AtomicBoolean publishing = new AtomicBoolean();
    private volatile @Nullable StoreHead lastHead;

    /**
     * Creates the tracker; all positions are 0 until it is started.
     *
     * @param projections names of all projections
     * @param folding names of those that fold facts
     * @param folded returns the position up to which every segment has committed, -1 if unknown
     * @param watermarks receives the published positions
     * @param active returns false while another node folds: its published positions are followed then
     */
    WatermarkTracker(
            List<String> projections,
            Set<String> folding,
            LongSupplier folded,
            Supplier<StoreHead> head,
            DataSource database,
            ScheduledExecutorService executor,
            Duration interval,
            LocalWatermarks watermarks,
            BooleanSupplier active) {
        projections.forEach(projection -> byProjection.put(projection, new Watermark()));
        this.folding = folding;
        this.folded = folded;
        this.head = head;
        this.database = database;
        this.executor = executor;
        this.interval = interval;
        this.watermarks = watermarks;
        this.active = active;
        watermarks.onRequest(this::publishAwaited);
    }

    /**
     * Returns the position up to which the projection's tables are complete. Rows that are read afterwards reflect at
     * least this position.
     *
     * @throws IllegalArgumentException if there is no such projection
     */
    public long position(String projection) {
        return watermark(projection).position();
    }

    /**
     * Returns a future of the projection's position that completes once it is at least {@code wanted}. It may never
     * complete, so callers must bound the wait and cancel the future when they stop waiting.
     *
     * @throws IllegalArgumentException if there is no such projection
     */
    public CompletableFuture<Long> awaiting(String projection, long wanted) {
        var reached = watermark(projection).awaiting(wanted);
        if (!reached.isDone()) {
            pollWhileAwaited();
        }
        return reached;
    }

    /** Returns the last known head of the store; 0 before the first read. */
    public long head() {
        var seen = lastHead;
        return seen == null ? 0 : seen.position();
    }

    void start() {
        executor.execute(this::resume);
        var _ = executor.scheduleWithFixedDelay(this::publishRegularly, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Moves the projection forward to a position whose rows have been committed. */
    public void advance(String projection, long position) {
        watermark(projection).advance(position);
    }

    /**
     * Moves all projections that fold facts forward to a position that was published in the transaction of its rows.
     */
    void stored(long position) {
        folding.forEach(projection -> {
            published.merge(projection, position, Math::max);
            advance(projection, position);
        });
        watermarks.publish(Map.copyOf(published));
    }

    /** Publishes an awaited position immediately if only observations follow the last folded fact. */
    private void publishAwaited(long position) {
        if (!active.getAsBoolean()) {
            followSoon();
            return;
        }
        var seen = head.get();
        if (seen != null && seen.position() >= position && folded.getAsLong() >= seen.lastFact()) {
            lastHead = seen;
            if (!executor.isShutdown()) {
                executor.execute(this::publishOnce);
            }
        }
    }

    /** Schedules a publication before the next interval, because rows were committed. */
    void publishSoon() {
        if (!executor.isShutdown() && publishing.compareAndSet(false, true)) {
            var _ = executor.schedule(this::publishOnce, PUBLISH_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void resume() {
        try {
            readPublished();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Failed to read the published watermarks; they are derived from the tokens.", e);
        }
    }

    private void readPublished() throws SQLException {
        try (var connection = database.getConnection()) {
            WatermarkRows.read(connection).forEach((projection, position) -> {
                var mark = byProjection.get(projection);
                if (mark != null) {
                    mark.advance(position);
                    published.put(projection, position);
                }
            });
        }
    }

    private void pollWhileAwaited() {
        if (!executor.isShutdown() && polling.compareAndSet(false, true)) {
            var _ = executor.schedule(this::pollOnce, AWAITED_POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void pollOnce() {
        // Reset before the check for waiters: a caller that starts to wait after this line schedules its own poll.
        polling.set(false);
        poll();
        if (folding.stream().anyMatch(projection -> watermark(projection).isAwaited())) {
            pollWhileAwaited();
        }
    }

    private void poll() {
        // The head was read before the segments are polled: facts folded since then only add to the position.
        var seen = lastHead;
        long minPosition = folded.getAsLong();
        long reached =
                seen != null && minPosition >= seen.lastFact() ? Math.max(minPosition, seen.position()) : minPosition;
        folding.forEach(projection -> watermark(projection).advance(reached));
    }

    private void publishOnce() {
        publishing.set(false);
        // Doesn't read the head, which only advances projections without new facts.
        publishQuietly(this::publishAll);
    }

    private void publishRegularly() {
        if (!active.getAsBoolean()) {
            follow();
            return;
        }
        publishQuietly(() -> {
            lastHead = head.get();
            publishAll();
        });
    }

    /** Reads the positions that another node has published. */
    private void follow() {
        publishing.set(false);
        publishQuietly(() -> {
            // Before the positions are read: it counts as the head of the store that they lag behind.
            lastHead = head.get();
            var before = Map.copyOf(published);
            readPublished();
            var now = Map.copyOf(published);
            if (!now.equals(before)) {
                watermarks.publish(now);
            }
        });
    }

    /** Schedules a read of the published positions before the next interval, because a reader waits for one. */
    private void followSoon() {
        if (!executor.isShutdown() && publishing.compareAndSet(false, true)) {
            var _ = executor.schedule(this::follow, PUBLISH_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private interface Publication {
        void run() throws SQLException;
    }

    private void publishQuietly(Publication publication) {
        try {
            publication.run();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Failed to publish watermarks; the next attempt follows in {}.", interval, e);
        }
    }

    private void publishAll() throws SQLException {
        poll();
        // The same order as in batches, so that they can't deadlock.
        var changed = new TreeMap<String, Long>();
        folding.forEach(projection -> {
            long position = position(projection);
            if (position > published.getOrDefault(projection, 0L)) {
                changed.put(projection, position);
            }
        });
        if (changed.isEmpty()) {
            return;
        }
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            WatermarkRows.disableSynchronousCommit(connection);
            for (var entry : changed.entrySet()) {
                WatermarkRows.write(connection, entry.getKey(), entry.getValue(), recordedAt(entry.getValue()));
            }
            connection.commit();
        }
        changed.forEach((projection, position) -> published.merge(projection, position, Math::max));
        watermarks.publish(Map.copyOf(published));
    }

    private @Nullable Instant recordedAt(long position) {
        var seen = lastHead;
        return seen != null && seen.position() == position ? seen.recordedAt() : null;
    }

    private Watermark watermark(String projection) {
        var mark = byProjection.get(projection);
        if (mark == null) {
            throw new IllegalArgumentException(
                    "There is no projection '" + projection + "'; expected one of " + byProjection.keySet());
        }
        return mark;
    }
}
