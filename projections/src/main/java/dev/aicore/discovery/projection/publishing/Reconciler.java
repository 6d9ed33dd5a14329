package dev.aicore.discovery.projection.publishing;

import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.publishing.ServiceDocumentReader.StorePosition;
import dev.aicore.discovery.readmodel.redis.CacheEpoch;
import dev.aicore.discovery.readmodel.redis.DocumentHeader;
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
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares documents with PostgreSQL now and then, and mends what differs: what a lost write, a flushed or a restarted Redis, or a
 * stranger did. A round costs one aggregate of PostgreSQL's and the heads of the documents, and reads only what has to be mended.
 */
final class Reconciler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    /** So soon it is noticed that Redis was flushed. */
    private static final long POLL_MILLIS = 1_000;

    private static final int REPAIR_BATCH = 16;
    /** Nodes that were started together must not compare together for ever. */
    private static final double JITTER = 0.25;

    private final ServiceDocumentReader reader;
    private final RedisDocumentStore documents;
    private final RedisChangePublisher publisher;
    private final ChangedServiceQueue changed;
    private final AtomicBoolean wanted;
    private final Duration interval;
    private final TimeSource time;
    private final IdGenerator idGenerator;
    private final RandomGenerator random;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cache-reconciler").factory());
    private long due;
    private boolean failing;

    /**
     * @param changed asked whether some of them found no room
     * @param wanted set by whoever wants a comparison within a second
     * @param interval the longest time between two comparisons
     */
    Reconciler(
            ServiceDocumentReader reader,
            RedisDocumentStore documents,
            RedisChangePublisher publisher,
            ChangedServiceQueue changed,
            AtomicBoolean wanted,
            Duration interval,
            TimeSource time,
            IdGenerator idGenerator,
            RandomGenerator random) {
        this.reader = reader;
        this.documents = documents;
        this.publisher = publisher;
        this.changed = changed;
        this.wanted = wanted;
        this.interval = interval;
        this.time = time;
        this.idGenerator = idGenerator;
        this.random = random;
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(this::reconcileIfDue, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void reconcileIfDue() {
        try {
            for (var storePosition : reader.now()) {
                if (changed.haveOverflown() || !documents.isClaimed(storePosition.store())) {
                    wanted.set(true);
                }
                if (wanted.get() || time.nanos() - due >= 0) {
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
            wanted.set(true);
            if (!failing && !RedisDocumentStore.isNotConnected(e)) {
                failing = true;
                LOG.warn("The cache can't be compared with PostgreSQL, and will be: {}", e.toString());
            }
        }
    }

    /**
     * One round.
     *
     * @return how many documents were mended
     */
    int reconcile() throws IOException, InterruptedException, SQLException {
        // Whoever asks from here on is heard in the next round, and is right to be.
        wanted.set(false);
        long foldedBefore = publisher.folded();
        int mended = 0;
        for (var storePosition : reader.now()) {
            mended += reconcile(storePosition, Math.max(foldedBefore, storePosition.position()));
        }
        due = time.nanos() + (long) (interval.toNanos() * (1 - JITTER * random.nextDouble()));
        return mended;
    }

    private int reconcile(StorePosition storePosition, long position)
            throws IOException, InterruptedException, SQLException {
        long at = time.now().toEpochMilli();
        var cacheEpoch = documents.claim(
                new CacheEpoch(storePosition.store(), idGenerator.next().toString(), 0, 0));
        // The rows first: a document that is newer than they are is written again, which does no harm.
        var marks = reader.marks();
        var differing = differing(storePosition.store(), marks, documents.heads());
        for (int from = 0; from < differing.size(); from += REPAIR_BATCH) {
            publisher.write(differing.subList(from, Math.min(from + REPAIR_BATCH, differing.size())));
        }
        if (!documents.confirm(cacheEpoch, position, at)) {
            wanted.set(true);
        }
        if (!differing.isEmpty()) {
            LOG.debug("{} of {} documents were mended", differing.size(), marks.size());
        }
        return differing.size();
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
