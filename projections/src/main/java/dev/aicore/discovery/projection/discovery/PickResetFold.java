package dev.aicore.discovery.projection.discovery;

import dev.aicore.discovery.api.discovery.PicksReset;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * Deletes the pick statistics of services whose picks were reset; ignores other facts. Folding a reset again changes
 * nothing.
 */
public final class PickResetFold implements BatchFold {

    /**
     * Last reset of a service.
     *
     * @param position position of the fact
     */
    record Reset(String service, Instant at, long position) {}

    @Override
    public void fold(Connection connection, List<RecordedFact> facts) throws SQLException {
        var resets = new TreeMap<String, Reset>();
        for (var recordedFact : facts) {
            if (recordedFact.fact() instanceof PicksReset reset) {
                resets.put(reset.service(), new Reset(reset.service(), reset.resetAt(), recordedFact.position()));
            }
        }
        if (!resets.isEmpty()) {
            PickResetRows.reset(connection, List.copyOf(resets.values()));
        }
    }
}
