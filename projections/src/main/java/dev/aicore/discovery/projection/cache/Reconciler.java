package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.cache.ServiceDocumentReader.StorePosition;
import dev.aicore.discovery.readmodel.cache.CacheEpoch;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the documents in Redis with PostgreSQL periodically and repairs differences. Causes are lost writes, a
 * flushed or restarted Redis, or foreign clients. A round costs one aggregate query in PostgreSQL and reads the headers
 * of all documents; it reads rows only of services that must be repaired. If PostgreSQL was restored from a backup,
 * documents of the lost events would count as newer than all others: then all documents are deleted.
 */
final class Reconciler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    /** Interval of the checks in milliseconds; it bounds the time until a flush of Redis is noticed. */
    private static final long POLL_MILLIS = 1_000;

    private static final int REPAIR_BATCH = 16;
    /** Random share by which intervals are shortened, so that nodes that started together don't stay synchronized. */
    private static final double JITTER = 0.25;

    private final ServiceDocumentReader reader;
    private final RedisDocumentStore documents;
    private final RedisChangePublisher publisher;
    private final ChangedServiceQueue changed;
    private final AtomicBoolean requested;
    private final Duration interval;
    private final TimeSource time;
    private final IdGenerator idGenerator;
    private final RandomGenerator random;
    private final BooleanSupplier active;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cache-reconciler").factory());
    private long dueAt;
    private boolean failing;

    /**
     * @param changed queue whose overflow requests a comparison
     * @param requested set by callers that want a comparison within a second
     * @param interval maximum time between two comparisons
     * @param active returns false while another node compares; this one compares as soon as it returns true again
     */
    Reconciler(
            ServiceDocumentReader reader,
            RedisDocumentStore documents,
            RedisChangePublisher publisher,
            ChangedServiceQueue changed,
            AtomicBoolean requested,
            Duration interval,
            TimeSource time,
            IdGenerator idGenerator,
            RandomGenerator random,
            BooleanSupplier active) {
        this.reader = reader;
        this.documents = documents;
        this.publisher = publisher;
        this.changed = changed;
        this.requested = requested;
        this.interval = interval;
        this.time = time;
        this.idGenerator = idGenerator;
        this.random = random;
        this.active = active;
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(this::reconcileIfDue, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void reconcileIfDue() {
        if (!active.getAsBoolean()) {
            requested.set(true);
            return;
        }
        try {
            for (var storePosition : reader.readPosition()) {
                if (changed.pollOverflow() || !documents.isClaimed(storePosition.store())) {
                    requested.set(true);
                }
                if (requested.get() || time.nanos() - dueAt >= 0) {
                    reconcile();
                }
            }
            if (failing) {
                failing = false;
                LOG.info("The cache is compared with PostgreSQL again.");
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            requested.set(true);
            if (!failing && !RedisDocumentStore.isNotConnected(e)) {
                failing = true;
                LOG.warn("Failed to compare the cache with PostgreSQL; will be retried: {}", e.toString());
            }
        }
    }

    /**
     * Runs one round.
     *
     * @return number of repaired or deleted documents
     */
    int reconcile() throws IOException, InterruptedException, SQLException {
        // Cleared first, so that requests from here on cause another round.
        requested.set(false);
        long foldedBefore = publisher.folded();
        int mended = 0;
        for (var storePosition : reader.readPosition()) {
            mended += reconcile(storePosition, Math.max(foldedBefore, storePosition.position()));
        }
        dueAt = time.nanos() + (long) (interval.toNanos() * (1 - JITTER * random.nextDouble()));
        return mended;
    }

    private int reconcile(StorePosition storePosition, long position)
            throws IOException, InterruptedException, SQLException {
        long at = time.now().toEpochMilli();
        var cacheEpoch = documents.claim(
                new CacheEpoch(storePosition.store(), idGenerator.next().toString(), 0, 0));
        // Reads the rows first: a document that is newer than the rows is written again, which is harmless.
        var marks = reader.readMarks();
        var heads = documents.heads();
        // Read last: whatever is in Redis by now has a position that the store has.
        long end = reader.readHead();
        if (cacheEpoch.position() > end || isAnyBeyond(end, storePosition.store(), heads)) {
            LOG.warn(
                    "The cache reflects events after the last one of the store, at position {}: the store was restored"
                            + " from a backup. The cache is cleared and filled again.",
                    end);
            documents.clear(heads.keySet());
            requested.set(true);
            return heads.size();
        }
        var differing = differing(storePosition.store(), marks, heads);
        for (int from = 0; from < differing.size(); from += REPAIR_BATCH) {
            publisher.write(differing.subList(from, Math.min(from + REPAIR_BATCH, differing.size())));
        }
        if (!documents.confirm(cacheEpoch, position, at)) {
            requested.set(true);
        }
        if (!differing.isEmpty()) {
            LOG.debug("{} of {} documents were repaired", differing.size(), marks.size());
        }
        return differing.size();
    }

    private static boolean isAnyBeyond(long end, String store, Map<String, DocumentHeader> heads) {
        return heads.values().stream().anyMatch(header -> header.store().equals(store) && header.position() > end);
    }

    private static List<String> differing(String store, Map<String, String> marks, Map<String, DocumentHeader> heads) {
        var differing = new ArrayList<String>();
        marks.forEach((service, mark) -> {
            if (differs(heads.get(service), store, mark)) {
                differing.add(service);
            }
        });
        heads.forEach((service, header) -> {
            if (!marks.containsKey(service) && !header.isTombstone()) {
                differing.add(service);
            }
        });
        return differing;
    }

    private static boolean differs(@Nullable DocumentHeader header, String store, String mark) {
        return header == null || !header.store().equals(store) || !header.mark().equals(mark);
    }
}
