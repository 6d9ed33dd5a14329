package dev.aicore.discovery.projection.instance;

import dev.aicore.discovery.api.deadletter.DeadLetterDropped;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.projection.instance.InstanceRows.Span;
import dev.aicore.discovery.projection.instance.VersionedInstance.DepartureType;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import dev.aicore.discovery.readmodel.ModelTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Removes instances whose removal was parked and dropped: the type of the removal suffices, and without it the instance
 * would stay discoverable permanently. Ignores other facts. Must run after {@code DroppedDeadLetterFold}, which locks
 * the sequence.
 */
public final class DroppedRemovalFold implements BatchFold {

    private static final Map<String, DepartureType> END_TYPES = Map.of(
            WireTypes.nameOf(InstanceRemoved.class), DepartureType.REMOVED,
            WireTypes.nameOf(InstanceDeregistered.class), DepartureType.DEREGISTERED);

    private final InstanceRows rows = new InstanceRows(ModelTable.SCHEMA);

    @Override
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        for (var recordedFact : facts) {
            if (recordedFact.fact() instanceof DeadLetterDropped drop
                    && drop.models().contains(InstanceProjection.NAME)) {
                var departureType = END_TYPES.get(drop.type());
                if (departureType != null) {
                    end(connection, drop, departureType);
                }
            }
        }
    }

    private void end(Connection connection, DeadLetterDropped drop, DepartureType departureType) throws SQLException {
        var open = rows.open(connection, Set.of(drop.sequence())).get(drop.sequence());
        if (open == null || open.gone() != null || open.position() >= drop.dropped()) {
            return;
        }
        var at = InstanceRows.recordedAt(connection, drop.dropped());
        var endedVersion = open.gone(departureType).at(drop.dropped(), at, at);
        rows.close(connection, List.of(new Span(open, endedVersion)));
        rows.insert(connection, List.of(new Span(endedVersion, null)));
        rows.delete(connection, List.of(endedVersion));
    }
}
