package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.eventstore.StoreHead;
import dev.aicore.discovery.readmodel.watermark.LocalWatermarks;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to which position each projection's tables are complete: known at once in this process, published to
 * {@code models.watermarks} for others. A projection that has folded the last fact reflects the head of the store, whatever
 * was observed since. Positions only grow, also while a projection folds again what it had folded.
 */
public final class WatermarkTracker {

    private static final Logger LOG = LoggerFactory.getLogger(WatermarkTracker.class);

    /** How often the segments are asked while somebody waits; that costs no query. */
    private static final Duration AWAITED_POLL_INTERVAL = Duration.ofMillis(2);

    /** How long after rows have been committed others are told: whatever else is committed meanwhile is told of at the same time. */
    private static final Duration SOON = Duration.ofMillis(20);

    private final Map<String, Watermark> marks = new LinkedHashMap<>();
    private final Set<String> folding;
    private final LongSupplier folded;
    private final Supplier<StoreHead> head;
    private final DataSource database;
    private final ScheduledExecutorService executor;
    private final Duration interval;
    private final LocalWatermarks watermarks;
    private final Map<String, Long> published = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicBoolean publishing = new AtomicBoolean();
    private volatile @Nullable StoreHead lastHead;

    /**
     * Knows nothing until it is started.
     *
     * @param projections all names that will be asked for
     * @param folding those of them that fold facts
     * @param folded the position up to which every segment has committed, -1 if it isn't known
     * @param watermarks is told what was published
     */
    WatermarkTracker(
            List<String> projections,
            Set<String> folding,
            LongSupplier folded,
            Supplier<StoreHead> head,
            DataSource database,
            ScheduledExecutorService executor,
            Duration interval,
            LocalWatermarks watermarks) {
        projections.forEach(projection -> marks.put(projection, new Watermark()));
        this.folding = folding;
        this.folded = folded;
        this.head = head;
        this.database = database;
        this.executor = executor;
        this.interval = interval;
        this.watermarks = watermarks;
        watermarks.onWanted(this::want);
    }

    /**
     * The position up to which the projection's tables are complete. Read it before the rows: they then reflect at least that.
     *
     * @throws IllegalArgumentException if there is no such projection
     */
    public long position(String projection) {
        return mark(projection).position();
    }

    /**
     * Completes with the projection's position once that is at least {@code wanted}: perhaps never, so bound the wait. Whoever
     * gives up cancels it.
     *
     * @throws IllegalArgumentException if there is no such projection
     */
    public CompletableFuture<Long> awaiting(String projection, long wanted) {
        var reached = mark(projection).awaiting(wanted);
        if (!reached.isDone()) {
            pollWhileAwaited();
        }
        return reached;
    }

    /** The head as it was last seen; 0 before the first look. */
    public long head() {
        var seen = lastHead;
        return seen == null ? 0 : seen.position();
    }

    void start() {
        executor.execute(this::resume);
        var _ = executor.scheduleWithFixedDelay(this::publishRegularly, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Moves the projection on to a position whose rows have been committed. */
    public void advance(String projection, long position) {
        mark(projection).advance(position);
    }

    /** Moves all projections that fold facts on to a position that was published by the transaction of its rows. */
    void stored(long position) {
        folding.forEach(projection -> {
            published.merge(projection, position, Math::max);
            advance(projection, position);
        });
        watermarks.publish(Map.copyOf(published));
    }

    /** Publishes at once what somebody waits for, where only observations came since the last fact. */
    private void want(long position) {
        var seen = head.get();
        if (seen != null && seen.position() >= position && folded.getAsLong() >= seen.lastFact()) {
            lastHead = seen;
            if (!executor.isShutdown()) {
                executor.execute(this::publishOnce);
            }
        }
    }

    /** Rows were committed: others needn't wait for the interval to be over. */
    void publishSoon() {
        if (!executor.isShutdown() && publishing.compareAndSet(false, true)) {
            var _ = executor.schedule(this::publishOnce, SOON.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void resume() {
        try (var connection = database.getConnection()) {
            WatermarkRows.read(connection).forEach((projection, position) -> {
                var mark = marks.get(projection);
                if (mark != null) {
                    mark.advance(position);
                    published.put(projection, position);
                }
            });
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The published watermarks can't be read; they are found again from the tokens.", e);
        }
    }

    private void pollWhileAwaited() {
        if (!executor.isShutdown() && looking.compareAndSet(false, true)) {
            var _ = executor.schedule(this::pollOnce, AWAITED_POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void pollOnce() {
        // Before it is known whether anybody waits: whoever comes from here on finds that nobody looks, and begins
        // anew.
        looking.set(false);
        poll();
        if (folding.stream().anyMatch(projection -> mark(projection).isAwaited())) {
            pollWhileAwaited();
        }
    }

    private void poll() {
        // The head was read before the segments are asked: what they have folded since then only adds to it.
        var seen = lastHead;
        long least = folded.getAsLong();
        long reached = seen != null && least >= seen.lastFact() ? Math.max(least, seen.position()) : least;
        folding.forEach(projection -> mark(projection).advance(reached));
    }

    private void publishOnce() {
        publishing.set(false);
        // Where the head is isn't asked: it tells how far quiet projections are.
        quietly(this::publishAll);
    }

    private void publishRegularly() {
        quietly(() -> {
            lastHead = head.get();
            publishAll();
        });
    }

    private interface Publication {
        void run() throws SQLException;
    }

    private void quietly(Publication publication) {
        try {
            publication.run();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Watermarks can't be published; they will be, {} later.", interval, e);
        }
    }

    private void publishAll() throws SQLException {
        poll();
        var changed = new LinkedHashMap<String, Long>();
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

    private Watermark mark(String projection) {
        var mark = marks.get(projection);
        if (mark == null) {
            throw new IllegalArgumentException(
                    "There is no projection '" + projection + "'; expected one of " + marks.keySet());
        }
        return mark;
    }
}
