package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.HealthState;
import dev.aicore.discovery.api.instance.InstanceLifecycle;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.query.database.LargeReadLimit;
import dev.aicore.discovery.query.database.PrefixedColumns;
import dev.aicore.discovery.query.database.ReadMemoryLimit;
import dev.aicore.discovery.web.ApiJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.ObjectReader;

/**
 * Makes instances of the columns that every table of instances has.
 *
 * @param checksRenewLeases whether a passed active check counts as a heartbeat
 * @param maxReadBytes how much of declarations one statement may bring
 */
public record InstanceRowMapper(boolean checksRenewLeases, DataSize maxReadBytes) {

    /** Made before anybody asks: event loops that need it at once for the first time would wait for each other. */
    private static final ObjectReader DECLARATION = ApiJson.mapper().readerFor(Declaration.class);

    /** Returns a limit for one statement that reads many. */
    public ReadMemoryLimit limit(LargeReadLimit large) {
        return new ReadMemoryLimit(maxReadBytes, large);
    }

    /**
     * Reads one.
     *
     * @param position of the last fact about it
     * @param lastHeartbeat null if it isn't known
     */
    public InstanceView read(PrefixedColumns row, long position, @Nullable Instant lastHeartbeat) {
        return view(row, position, lastHeartbeat, row.text("declaration"));
    }

    /**
     * Reads one of many.
     *
     * @param limit is told of it
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
