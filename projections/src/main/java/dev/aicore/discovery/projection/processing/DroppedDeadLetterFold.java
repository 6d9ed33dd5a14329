package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.projection.processing.DeadLetterRetryService.DeadLetterKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;

/**
 * Deletes parked facts that an operator dropped; ignores other facts. Later facts of their sequences stay parked until
 * they are retried.
 */
public final class DroppedDeadLetterFold implements BatchFold {

    @Override
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        // The same order in all folds, so that they can't deadlock.
        var parked = new TreeSet<DeadLetterKey>();
        for (var recordedFact : facts) {
            if (recordedFact.fact() instanceof DeadLetterDropped drop) {
                drop.models().forEach(model -> parked.add(new DeadLetterKey(model, drop.sequence(), drop.dropped())));
            }
        }
        for (var fact : parked) {
            DeadLetterRows.lock(connection, fact.projection(), fact.sequence());
            DeadLetterRows.delete(connection, fact.projection(), fact.position());
        }
    }
}
