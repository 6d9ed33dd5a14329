package dev.aicore.discovery.projection.balancing;

import dev.aicore.discovery.api.balancing.PicksReset;
import dev.aicore.discovery.projection.processing.BatchFold;
import dev.aicore.discovery.projection.processing.RecordedFact;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Empties the statistics of services whose picks were reset; other facts are nothing to it. A reset that was folded in empties no more. */
public final class PickResetFold implements BatchFold {

    /**
     * The last reset of a service.
     *
     * @param position of the fact
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
