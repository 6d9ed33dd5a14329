package dev.aicore.discovery.projection.flow;

import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Where a projection's handlers put their facts. They are folded in together just before the unit of work commits, in the
 * transaction that moves the token: rows and token are there both, or neither.
 */
public final class FactIntake {

    private final String projection;
    private final ConnectionProvider connections;
    private final BisectingFold fold;
    private final Faults faults;
    private final CommitListener listener;

    FactIntake(
            String projection,
            ConnectionProvider connections,
            BisectingFold fold,
            Faults faults,
            CommitListener listener) {
        this.projection = projection;
        this.connections = connections;
        this.fold = fold;
        this.faults = faults;
        this.listener = listener;
    }

    /**
     * Takes a fact of an instance; to be called from an event handler.
     *
     * @throws IllegalStateException if the token tells no position, or there is no unit of work
     */
    public void take(Fact fact, TrackingToken token, Instant at, String shard) {
        add(new Recorded(fact, fact.id(), shard, position(token), at));
    }

    /**
     * Takes a fact of a configuration; to be called from an event handler.
     *
     * @throws IllegalStateException if the token tells no position, or there is no unit of work
     */
    public void take(ConfigurationFact fact, TrackingToken token, Instant at, String book) {
        add(new Recorded(fact, FactSequence.of(fact), book, position(token), at));
    }

    /**
     * Takes a shard's own fact; to be called from an event handler.
     *
     * @throws IllegalStateException if the token tells no position, or there is no unit of work
     */
    public void takeOfShard(Object fact, TrackingToken token, Instant at, String shard) {
        add(new Recorded(fact, shard, shard, position(token), at));
    }

    private void add(Recorded recorded) {
        var unit = CurrentUnitOfWork.get();
        unit.root()
                .<List<Recorded>>getOrComputeResource("projection/" + projection, key -> begin(unit))
                .add(recorded);
    }

    private List<Recorded> begin(UnitOfWork<?> unit) {
        var batch = new ArrayList<Recorded>();
        int segment = segmentOf(unit);
        unit.onPrepareCommit(committing -> fold(batch));
        unit.afterCommit(committed -> {
            faults.clear(segment);
            listener.committed(batch);
        });
        unit.onRollback(rolledBack -> {
            var cause = rolledBack.getExecutionResult() == null
                    ? null
                    : rolledBack.getExecutionResult().getExceptionResult();
            faults.raise(segment, "batch_failed", cause == null ? "rolled back" : String.valueOf(cause.getMessage()));
        });
        return batch;
    }

    private void fold(List<Recorded> batch) {
        try (var connection = connections.getConnection()) {
            fold.fold(connection, batch);
        } catch (SQLException e) {
            throw new ProjectionException("Projection " + projection + " can't write " + batch.size() + " facts.", e);
        }
    }

    private int segmentOf(UnitOfWork<?> unit) {
        Integer segment = unit.root().getResource("Processor[" + projection + "]/SegmentId");
        return segment == null ? 0 : segment;
    }

    private static long position(TrackingToken token) {
        return token.position()
                .orElseThrow(() -> new IllegalStateException("The token " + token + " has no position."));
    }
}
