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
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;

/**
 * Makes instances of the columns that every table of instances has.
 *
 * @param checksRenewLeases whether a passed active check counts as a heartbeat
 */
public record InstanceColumns(boolean checksRenewLeases) {

    /** Made before anybody asks: event loops that need it at once for the first time would wait for each other. */
    private static final ObjectReader DECLARATION = Json.mapper().readerFor(Declaration.class);

    /**
     * Reads one.
     *
     * @param position of the last fact about it
     * @param lastHeartbeat null if it isn't known
     */
    public InstanceView read(Columns row, long position, @Nullable Instant lastHeartbeat) {
        Declaration declaration = DECLARATION.readValue(row.text("declaration"));
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
