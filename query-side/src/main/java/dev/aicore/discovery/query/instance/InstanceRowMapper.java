package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.InstanceView.InstanceLifecycle;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.readmodel.database.PrefixedColumns;
import dev.aicore.discovery.readmodel.database.ReadMemoryLimit;
import dev.aicore.discovery.readmodel.database.ReadMemoryLimit.LargeReadLimit;
import dev.aicore.discovery.web.ApiJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.ObjectReader;

/**
 * Maps the columns that all tables of instances share to instances.
 *
 * @param checksRenewLeases whether a passed active check counts as a heartbeat
 * @param maxReadBytes maximum size of the declarations that one statement may return
 */
public record InstanceRowMapper(boolean checksRenewLeases, DataSize maxReadBytes) {

    /** Created eagerly: event loops that used it first at the same time would block each other. */
    private static final ObjectReader DECLARATION = ApiJson.mapper().readerFor(Declaration.class);

    /** Returns a memory limit for one statement that reads many instances. */
    public ReadMemoryLimit limit(LargeReadLimit large) {
        return new ReadMemoryLimit(maxReadBytes, large);
    }

    /**
     * Maps a single instance.
     *
     * @param position of the last fact about the instance
     * @param lastHeartbeat time of the last observation; null if unknown
     */
    public InstanceView read(PrefixedColumns row, long position, @Nullable Instant lastHeartbeat) {
        return view(row, position, lastHeartbeat, row.text("declaration"));
    }

    /**
     * Maps one of many instances.
     *
     * @param position of the last fact about the instance
     * @param lastHeartbeat time of the last observation; null if unknown
     * @param limit counts the size of the declaration
     */
    public InstanceView read(
            PrefixedColumns row, long position, @Nullable Instant lastHeartbeat, ReadMemoryLimit limit) {
        return view(row, position, lastHeartbeat, limit.count(row.text("declaration")));
    }

    private InstanceView view(PrefixedColumns row, long position, @Nullable Instant lastHeartbeat, String declared) {
        Declaration declaration = DECLARATION.readValue(declared);
        return InstanceView.of(
                row.text("id"),
                row.text("namespace"),
                row.text("owner"),
                declaration,
                declaration.effectiveTtl(checksRenewLeases),
                new InstanceState(
                        AdminState.of(row.text("declared")),
                        LeaseState.of(row.text("lease")),
                        HealthState.of(row.text("health")),
                        BreakerState.of(row.text("breaker"))),
                new InstanceLifecycle(
                        row.integer("declaration_version"),
                        row.instant("registered_at"),
                        row.instant("updated_at"),
                        lastHeartbeat,
                        position));
    }
}
