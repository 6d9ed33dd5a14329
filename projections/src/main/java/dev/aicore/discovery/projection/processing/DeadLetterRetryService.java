package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.projection.processing.ProjectionProcessor.ProjectionException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;

/** Counts, lists and retries the facts that couldn't be folded. */
public final class DeadLetterRetryService {

    private final Map<String, BisectingFold> folds;
    private final Map<String, CommitListener> listeners;
    private final ConnectionProvider connections;
    private final TransactionManager transactions;
    private final LongFunction<RecordedFact> store;

    /**
     * Result of a retry.
     *
     * @param folded number of facts that are now in the read model
     * @param parked number of facts that are still parked
     */
    public record RetryResult(long folded, long parked) {}

    DeadLetterRetryService(
            Map<String, BisectingFold> folds,
            Map<String, CommitListener> listeners,
            ConnectionProvider connections,
            TransactionManager transactions,
            LongFunction<RecordedFact> store) {
        this.folds = Collections.unmodifiableMap(new LinkedHashMap<>(folds));
        this.listeners = Map.copyOf(listeners);
        this.connections = connections;
        this.transactions = transactions;
        this.store = store;
    }

    /**
     * Folds the parked facts of a projection again, as the store has them: in order, each sequence in its own
     * transaction. Blocks.
     *
     * @throws IllegalArgumentException if there is no such projection
     * @throws ProjectionException if the database fails; sequences retried before the failure stay as they are
     */
    public RetryResult retry(String projection) {
        var fold = folds.get(projection);
        if (fold == null) {
            throw new IllegalArgumentException(
                    "Projection '" + projection + "' does not park facts; expected one of " + folds.keySet());
        }
        long folded = 0;
        for (var sequence : inTransaction(projection, () -> {
            try (var connection = connections.getConnection()) {
                return fold.waiting(connection);
            }
        })) {
            folded += retry(projection, fold, sequence);
        }
        return new RetryResult(folded, count(projection));
    }

    /**
     * Returns the number of parked facts of a projection. Blocks.
     *
     * @throws ProjectionException if the database fails
     */
    public long count(String projection) {
        return inTransaction(projection, () -> {
            try (var connection = connections.getConnection()) {
                return DeadLetterRows.counts(connection).getOrDefault(projection, 0L);
            }
        });
    }

    /**
     * Returns the number of parked facts by projection; projections without parked facts are absent. Blocks.
     *
     * @throws ProjectionException if the database fails
     */
    Map<String, Long> counts() {
        return inTransaction("all projections", () -> {
            try (var connection = connections.getConnection()) {
                return DeadLetterRows.counts(connection);
            }
        });
    }

    /**
     * Returns the dead letters after a position, in order, at most {@code limit}. Blocks.
     *
     * @throws ProjectionException if the database fails
     */
    public List<DeadLetter> list(long behind, int limit) {
        return inTransaction("all", () -> {
            try (var connection = connections.getConnection()) {
                return DeadLetterRows.page(connection, behind, limit);
            }
        });
    }

    /**
     * Retries the fact at a position with all parked facts of its sequence, in each projection that lacks it. Blocks.
     *
     * @return results by the name of the projection; empty if no projection has parked the fact
     * @throws ProjectionException if the database fails; projections retried before the failure stay as they are
     */
    public Map<String, RetryResult> retry(long position) {
        var tried = new TreeMap<String, RetryResult>();
        var parked = inTransaction("all", () -> {
            try (var connection = connections.getConnection()) {
                return DeadLetterRows.at(connection, position);
            }
        });
        for (var fact : parked) {
            var fold = folds.get(fact.projection());
            if (fold != null) {
                int folded = retry(fact.projection(), fold, fact.sequence());
                tried.put(fact.projection(), new RetryResult(folded, count(fact)));
            }
        }
        return tried;
    }

    private long count(DeadLetterKey fact) {
        return inTransaction(fact.projection(), () -> {
            try (var connection = connections.getConnection()) {
                return DeadLetterRows.count(connection, fact.projection(), fact.sequence());
            }
        });
    }

    private record RetryAttempt(List<RecordedFact> facts, int folded) {}

    private int retry(String projection, BisectingFold fold, String sequence) {
        var retryAttempt = inTransaction(projection, () -> fold(projection, fold, sequence));
        listeners.getOrDefault(projection, CommitListener.NONE).committed(retryAttempt.facts());
        return retryAttempt.folded();
    }

    private RetryAttempt fold(String projection, BisectingFold fold, String sequence) throws SQLException {
        try (var connection = connections.getConnection()) {
            DeadLetterRows.lock(connection, projection, sequence);
            var parked = DeadLetterRows.positions(connection, projection, sequence).stream()
                    .map(store::apply)
                    .toList();
            long guilty = fold.retry(connection, parked);
            return new RetryAttempt(parked, DeadLetterRows.release(connection, projection, sequence, guilty));
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T done() throws SQLException;
    }

    private <T> T inTransaction(String projection, Work<T> work) {
        return transactions.fetchInTransaction(() -> {
            try {
                return work.done();
            } catch (SQLException e) {
                throw new ProjectionException("Failed to access the parked facts of " + projection + ".", e);
            }
        });
    }

    /** Key of a parked fact, ordered by projection, sequence and position. */
    record DeadLetterKey(String projection, String sequence, long position) implements Comparable<DeadLetterKey> {

        private static final Comparator<DeadLetterKey> ORDER = Comparator.comparing(DeadLetterKey::projection)
                .thenComparing(DeadLetterKey::sequence)
                .thenComparingLong(DeadLetterKey::position);

        @Override
        public int compareTo(DeadLetterKey other) {
            return ORDER.compare(this, other);
        }
    }
}
