package dev.aicore.discovery.projection.processing;

import static java.util.stream.Collectors.partitioningBy;

import dev.aicore.discovery.config.telemetry.LogEvent;
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
 * Folds a batch. On failure it halves the batch until the failing fact stands alone, and parks that fact with all later
 * facts of its sequence. Runs in the caller's transaction, under savepoints: PostgreSQL rejects all statements after an
 * error.
 */
public final class BisectingFold {

    private static final Logger LOG = LoggerFactory.getLogger(BisectingFold.class);

    private final String projection;
    private final BatchFold fold;
    private final ParkedFactRows rows;
    private final AtomicLong parkedCount = new AtomicLong();

    /**
     * Creates the fold of a projection.
     *
     * @param projection name under which facts are parked
     * @param schema schema of the table of parked facts
     */
    public BisectingFold(String projection, BatchFold fold, String schema) {
        this.projection = projection;
        this.fold = fold;
        this.rows = new ParkedFactRows(projection, schema);
    }

    /**
     * Folds the facts that can be folded, and parks the others.
     *
     * @throws SQLException if the database can't be used: then nothing of the batch counts
     */
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        BatchRows.findByIndex(connection);
        foldIndexed(connection, facts);
    }

    /** Folds like {@link #fold} in a transaction for which {@link BatchRows#findByIndex} was called. */
    void foldIndexed(Connection connection, List<RecordedFact> facts) throws SQLException {
        bisect(connection, withoutBlockedIndexed(connection, facts), new HashMap<>());
    }

    /**
     * Folds facts none of which waits for a parked one.
     *
     * @throws SQLException if the database rejects a row, or can't be used
     * @throws RuntimeException if a fact can't follow the stored state
     */
    void foldTogether(Connection connection, List<RecordedFact> facts) throws SQLException {
        fold.fold(connection, facts);
    }

    /** Returns the sequences that have parked facts. */
    public List<String> waiting(Connection connection) throws SQLException {
        return rows.sequences(connection);
    }

    /** Returns the facts whose sequence has no parked fact before them; parks the others. */
    public List<RecordedFact> withoutBlocked(Connection connection, List<RecordedFact> facts) throws SQLException {
        BatchRows.findByIndex(connection);
        return withoutBlockedIndexed(connection, facts);
    }

    private List<RecordedFact> withoutBlockedIndexed(Connection connection, List<RecordedFact> facts)
            throws SQLException {
        return parkBlocked(connection, facts, rows.lockWaiting(connection, facts));
    }

    /**
     * Folds parked facts of one sequence.
     *
     * @return position of the first fact that still can't be folded; {@link Long#MAX_VALUE} if there is none
     */
    long retry(Connection connection, List<RecordedFact> parked) throws SQLException {
        BatchRows.findByIndex(connection);
        var guilty = new HashMap<String, Long>();
        bisect(connection, parked, guilty);
        return guilty.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    private void bisect(Connection connection, List<RecordedFact> facts, Map<String, Long> guilty) throws SQLException {
        parkUnreadable(connection, facts, guilty);
        var free = parkBlocked(connection, facts, guilty);
        if (free.isEmpty()) {
            return;
        }
        var failure = tryFold(connection, free);
        if (failure == null) {
            return;
        }
        if (free.size() == 1) {
            var fact = free.getFirst();
            if (ParkedFactRows.followsQuarantine(connection, fact)) {
                LOG.warn(
                        "Projection {} skips the fact at position {}: an earlier fact of {} is in quarantine. {}",
                        projection,
                        fact.position(),
                        fact.sequence(),
                        failure.getMessage());
                return;
            }
            warn(fact, failure);
            rows.parkFailed(connection, fact, PoisonDetector.message(failure));
            guilty.put(fact.sequence(), fact.position());
            return;
        }
        int middle = free.size() / 2;
        bisect(connection, free.subList(0, middle), guilty);
        bisect(connection, free.subList(middle, free.size()), guilty);
    }

    /** Logs the first parked fact, and then every fact that doubles their number: thousands may have one cause. */
    private void warn(RecordedFact fact, Exception failure) {
        long count = parkedCount.incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LogEvent.FACT_PARKED
                    .on(LOG)
                    .addKeyValue(LogEvent.POSITION, fact.position())
                    .log(
                            "Projection {} parks the fact at position {} and later facts of {} until a retry"
                                    + " ({} parked since the start): {}",
                            projection,
                            fact.position(),
                            fact.sequence(),
                            count,
                            PoisonDetector.message(failure));
        }
    }

    /** Parks unreadable facts, which no fold can process. */
    private void parkUnreadable(Connection connection, List<RecordedFact> facts, Map<String, Long> guilty)
            throws SQLException {
        for (var fact : facts) {
            if (fact.fact() instanceof UnreadableEvent unreadable && !guilty.containsKey(fact.sequence())) {
                LogEvent.FACT_PARKED
                        .on(LOG)
                        .addKeyValue(LogEvent.POSITION, fact.position())
                        .log(
                                "Projection {} parks an unreadable fact and later facts of {} until a repair. {}",
                                projection,
                                fact.sequence(),
                                unreadable.reason());
                rows.parkFailed(connection, fact, PoisonDetector.message(unreadable.reason()));
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
            if (!PoisonDetector.isSuspect(failure)) {
                throw failure;
            }
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
            return failure;
        }
    }

    /**
     * Parks the facts that wait for a parked one of their sequence, and returns the others. A fact before the first
     * parked one has been folded already.
     */
    private List<RecordedFact> parkBlocked(Connection connection, List<RecordedFact> facts, Map<String, Long> waiting)
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
                rows.parkBlocked(connection, fact, first);
            }
        }
        return parted.getOrDefault(false, List.of());
    }
}
