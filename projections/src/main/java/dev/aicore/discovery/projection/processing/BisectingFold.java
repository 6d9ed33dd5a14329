package dev.aicore.discovery.projection.processing;

import static java.util.stream.Collectors.partitioningBy;

import dev.aicore.discovery.eventstore.UnreadableEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds a batch; on failure halves it until the guilty fact stands alone, and parks that fact with all later ones of its
 * sequence. Everything happens in the caller's transaction, under savepoints: PostgreSQL refuses any statement after an error.
 */
public final class BisectingFold {

    private static final Logger LOG = LoggerFactory.getLogger(BisectingFold.class);

    private final String projection;
    private final BatchFold fold;
    private final AtomicLong parked = new AtomicLong();

    /** Of a projection, by whose name facts are parked. */
    public BisectingFold(String projection, BatchFold fold) {
        this.projection = projection;
        this.fold = fold;
    }

    /**
     * Folds in what can be, and parks the rest.
     *
     * @throws SQLException if the database can't be used: nothing of it then counts
     */
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        BatchRows.findByIndex(connection);
        foldIndexed(connection, facts);
    }

    /** Does the same in a transaction for which {@link BatchRows#findByIndex} was called. */
    void foldIndexed(Connection connection, List<RecordedFact> facts) throws SQLException {
        halve(connection, freeIndexed(connection, facts), new HashMap<>());
    }

    /**
     * Folds facts of which none waits for a parked one.
     *
     * @throws SQLException if the database refuses a row, or can't be used
     * @throws RuntimeException if a fact can't follow what was before
     */
    void foldTogether(Connection connection, List<RecordedFact> facts) throws SQLException {
        fold.fold(connection, facts);
    }

    /** Those sequences of facts that wait for one that couldn't be folded. */
    public List<String> waiting(Connection connection) throws SQLException {
        return DeadLetterRows.sequences(connection, projection);
    }

    /** Those facts that can be folded, as far as is known: the others wait for one that couldn't, and are parked. */
    public List<RecordedFact> free(Connection connection, List<RecordedFact> facts) throws SQLException {
        BatchRows.findByIndex(connection);
        return freeIndexed(connection, facts);
    }

    private List<RecordedFact> freeIndexed(Connection connection, List<RecordedFact> facts) throws SQLException {
        return parkWaiting(connection, facts, DeadLetterRows.lockWaiting(connection, projection, facts));
    }

    /**
     * Folds facts of one sequence that were parked.
     *
     * @return position of the first that still can't be folded; {@link Long#MAX_VALUE} if there is none
     */
    long retry(Connection connection, List<RecordedFact> parked) throws SQLException {
        BatchRows.findByIndex(connection);
        var guilty = new HashMap<String, Long>();
        halve(connection, parked, guilty);
        return guilty.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    private void halve(Connection connection, List<RecordedFact> facts, Map<String, Long> guilty) throws SQLException {
        parkUnreadable(connection, facts, guilty);
        var free = parkWaiting(connection, facts, guilty);
        if (free.isEmpty()) {
            return;
        }
        var failure = tryFold(connection, free);
        if (failure == null) {
            return;
        }
        if (free.size() == 1) {
            var fact = free.getFirst();
            if (DeadLetterRows.followsQuarantine(connection, fact)) {
                LOG.warn(
                        "Projection {} leaves out the fact at position {}: what {} began with is in quarantine. {}",
                        projection,
                        fact.position(),
                        fact.sequence(),
                        failure.getMessage());
                return;
            }
            warn(fact, failure);
            DeadLetterRows.parkGuilty(connection, projection, fact, PoisonDetector.message(failure));
            guilty.put(fact.sequence(), fact.position());
            return;
        }
        int middle = free.size() / 2;
        halve(connection, free.subList(0, middle), guilty);
        halve(connection, free.subList(middle, free.size()), guilty);
    }

    /** The first is told, and then each that doubles their number: thousands may have one cause. */
    private void warn(RecordedFact fact, Exception failure) {
        long count = parked.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.warn(
                    "Projection {} parks the fact at position {}: {} waits until it is retried ({} parked since the start): {}",
                    projection,
                    fact.position(),
                    fact.sequence(),
                    count,
                    PoisonDetector.message(failure));
        }
    }

    /** No fold can do anything with them. */
    private void parkUnreadable(Connection connection, List<RecordedFact> facts, Map<String, Long> guilty)
            throws SQLException {
        for (var fact : facts) {
            if (fact.fact() instanceof UnreadableEvent unreadable && !guilty.containsKey(fact.sequence())) {
                LOG.warn(
                        "Projection {} parks a fact: {} waits until it is repaired. {}",
                        projection,
                        fact.sequence(),
                        unreadable.reason());
                DeadLetterRows.parkGuilty(connection, projection, fact, PoisonDetector.message(unreadable.reason()));
                guilty.put(fact.sequence(), fact.position());
            }
        }
    }

    private @Nullable Exception tryFold(Connection connection, List<RecordedFact> facts) throws SQLException {
        var savepoint = connection.setSavepoint();
        try {
            fold.fold(connection, facts);
            connection.releaseSavepoint(savepoint);
            return null;
        } catch (SQLException | RuntimeException failure) {
            if (!PoisonDetector.suspected(failure)) {
                throw failure;
            }
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
            return failure;
        }
    }

    /** Parks those whose sequence waits, and gives back the others. Facts before the first parked one were folded in once. */
    private List<RecordedFact> parkWaiting(Connection connection, List<RecordedFact> facts, Map<String, Long> waiting)
            throws SQLException {
        if (waiting.isEmpty()) {
            return facts;
        }
        var parted = facts.stream().collect(partitioningBy(fact -> {
            var first = waiting.get(fact.sequence());
            return first != null && fact.position() >= first;
        }));
        for (var fact : parted.getOrDefault(true, List.of())) {
            long first = waiting.getOrDefault(fact.sequence(), fact.position());
            if (fact.position() > first) {
                DeadLetterRows.parkWaiting(connection, projection, fact, first);
            }
        }
        return parted.getOrDefault(false, List.of());
    }
}
