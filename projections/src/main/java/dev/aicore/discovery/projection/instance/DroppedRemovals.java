package dev.aicore.discovery.projection.instance;

import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.readmodel.DeadLetterDropped;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.projection.flow.BatchFold;
import dev.aicore.discovery.projection.flow.Recorded;
import dev.aicore.discovery.projection.instance.InstanceRows.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes out instances whose removal was parked and given up: its type tells enough of it, and without it the instance would be discovered for
 * ever. Other facts are nothing to it. Behind the fold that forgets what is given up, which locks its sequence.
 */
public final class DroppedRemovals implements BatchFold {

    private static final Map<String, Gone> ENDS = Map.of(
            WireTypes.nameOf(InstanceRemoved.class), Gone.REMOVED,
            WireTypes.nameOf(InstanceDeregistered.class), Gone.DEREGISTERED);

    @Override
    public void fold(Connection connection, List<Recorded> facts) throws SQLException {
        for (var recorded : facts) {
            if (recorded.fact() instanceof DeadLetterDropped drop
                    && drop.models().contains(InstanceProjection.NAME)) {
                var how = ENDS.get(drop.type());
                if (how != null) {
                    end(connection, drop, how);
                }
            }
        }
    }

    private static void end(Connection connection, DeadLetterDropped drop, Gone how) throws SQLException {
        var open = InstanceRows.open(connection, Set.of(drop.sequence())).get(drop.sequence());
        if (open == null || open.gone() != null || open.position() >= drop.dropped()) {
            return;
        }
        var at = InstanceRows.recordedAt(connection, drop.dropped());
        var gone = open.gone(how).at(drop.dropped(), at, at);
        InstanceRows.close(connection, List.of(new Span(open, gone)));
        InstanceRows.insert(connection, List.of(new Span(gone, null)));
        InstanceRows.delete(connection, List.of(gone));
    }
}
