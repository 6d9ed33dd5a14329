package dev.aicore.discovery.projection.processing;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;

/** The facts that couldn't be folded: how many there are, and trying them again. */
public final class DeadLetterQueue {

    private final Map<String, BisectingFold> folds;
    private final Map<String, CommitListener> listeners;
    private final ConnectionProvider connections;
    private final TransactionManager transactions;
    private final LongFunction<RecordedFact> store;

    /**
     * What came of trying again.
     *
     * @param folded facts that are in the read model now
     * @param parked facts that still aren't
     */
    public record RetryResult(long folded, long parked) {}

    DeadLetterQueue(
            Map<String, BisectingFold> folds,
            Map<String, CommitListener> listeners,
            ConnectionProvider connections,
            TransactionManager transactions,
            LongFunction<RecordedFact> store) {
        this.folds = Map.copyOf(folds);
        this.listeners = Map.copyOf(listeners);
        this.connections = connections;
        this.transactions = transactions;
        this.store = store;
    }

    /**
     * Folds what was parked, in order and each instance in a transaction of its own, as the store has it. Blocks.
     *
     * @throws IllegalArgumentException if there is no such projection
     * @throws ProjectionException if the database fails; instances tried before it failed stay as they have become
     */
    public RetryResult retry(String projection) {
        var fold = folds.get(projection);
        if (fold == null) {
            throw new IllegalArgumentException(
                    "Projection '" + projection + "' parks no facts; expected one of " + folds.keySet());
        }
        long folded = 0;
        for (var sequence : inTransaction(projection, () -> {
            try (var connection = connections.getConnection()) {
                return DeadLetterRows.sequences(connection, projection);
            }
        })) {
            folded += retry(projection, fold, sequence);
        }
        return new RetryResult(folded, count(projection));
    }

    /**
     * How many facts of this projection are parked. Blocks.
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
     * How many facts are parked, by projection; none for those that have parked none. Blocks.
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
     * Those behind a position, in order; at most so many. Blocks.
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
     * Folds the fact at a position, with all that is parked of its sequence, in each projection without it. Blocks.
     *
     * @return what came of it, by the name of the projection; empty if every one has it
     * @throws ProjectionException if the database fails; projections tried before it failed stay as they have become
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
                throw new ProjectionException("The parked facts of " + projection + " can't be worked on.", e);
            }
        });
    }
}
