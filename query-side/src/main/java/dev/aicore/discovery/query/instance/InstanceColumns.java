package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceState;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.instance.Standing;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.query.database.Columns;
import dev.aicore.discovery.query.database.LargeReads;
import dev.aicore.discovery.query.database.ReadLimit;
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
public record InstanceColumns(boolean checksRenewLeases, DataSize maxReadBytes) {

    /** Made before anybody asks: event loops that need it at once for the first time would wait for each other. */
    private static final ObjectReader DECLARATION = Json.mapper().readerFor(Declaration.class);

    /** Returns a limit for one statement that reads many. */
    public ReadLimit limit(LargeReads large) {
        return new ReadLimit(maxReadBytes, large);
    }

    /**
     * Reads one.
     *
     * @param position of the last fact about it
     * @param lastHeartbeat null if it isn't known
     */
    public InstanceView read(Columns row, long position, @Nullable Instant lastHeartbeat) {
        return view(row, position, lastHeartbeat, row.text("declaration"));
    }

    /**
     * Reads one of many.
     *
     * @param limit is told of it
     */
    public InstanceView read(Columns row, long position, @Nullable Instant lastHeartbeat, ReadLimit limit) {
        return view(row, position, lastHeartbeat, limit.count(row.text("declaration")));
    }

    private InstanceView view(Columns row, long position, @Nullable Instant lastHeartbeat, String declared) {
        Declaration declaration = DECLARATION.readValue(declared);
        return InstanceView.of(
                row.text("id"),
                row.text("namespace"),
                row.text("owner"),
                declaration,
                declaration.effectiveTtl(checksRenewLeases),
                new InstanceState(
                        Declared.of(row.text("declared")),
                        LeaseState.of(row.text("lease")),
                        Health.of(row.text("health")),
                        Breaker.of(row.text("breaker"))),
                new Standing(
                        row.integer("declaration_version"),
                        row.instant("registered_at"),
                        row.instant("updated_at"),
                        lastHeartbeat,
                        position));
    }
}
