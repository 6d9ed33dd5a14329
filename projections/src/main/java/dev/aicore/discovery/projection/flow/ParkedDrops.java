package dev.aicore.discovery.projection.flow;

import dev.aicore.discovery.api.readmodel.DeadLetterDropped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;

/** Forgets parked facts that somebody gave up; other facts are nothing to it. Later ones of their sequences wait on, until they are retried. */
public final class ParkedDrops implements BatchFold {

    @Override
    public void fold(Connection connection, List<Recorded> facts) throws SQLException {
        // In one order everywhere, so that no two wait for each other in a circle.
        var parked = new TreeSet<ParkedFact>();
        for (var recorded : facts) {
            if (recorded.fact() instanceof DeadLetterDropped drop) {
                drop.models().forEach(model -> parked.add(new ParkedFact(model, drop.sequence(), drop.dropped())));
            }
        }
        for (var fact : parked) {
            ParkedRows.lock(connection, fact.projection(), fact.sequence());
            ParkedRows.forget(connection, fact.projection(), fact.position());
        }
    }
}
