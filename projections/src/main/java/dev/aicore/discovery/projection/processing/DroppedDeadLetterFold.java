package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;

/** Forgets parked facts that somebody gave up; other facts are nothing to it. Later ones of their sequences wait on, until they are retried. */
public final class DroppedDeadLetterFold implements BatchFold {

    @Override
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        // In one order everywhere, so that no two wait for each other in a circle.
        var parked = new TreeSet<DeadLetterKey>();
        for (var recordedFact : facts) {
            if (recordedFact.fact() instanceof DeadLetterDropped drop) {
                drop.models().forEach(model -> parked.add(new DeadLetterKey(model, drop.sequence(), drop.dropped())));
            }
        }
        for (var fact : parked) {
            DeadLetterRows.lock(connection, fact.projection(), fact.sequence());
            DeadLetterRows.forget(connection, fact.projection(), fact.position());
        }
    }
}
