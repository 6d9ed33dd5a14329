package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.command.shard.TombstoneIndex.Tombstone;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Reads the instances at the start of a replay from rows of the read model. What the rows lack is unknown until the
 * first observations: renewals, streaks and calls. An instance counts as heard at the start.
 */
final class ReplayInstanceReader {

    private static final String REMOVED = "removed";

    private final ShardPolicies policies;
    private final UnaryOperator<Declaration> adaption;
    private final long from;

    /**
     * @param adaption returns a declaration as it is in this replay
     * @param from start of the replay, epoch milliseconds
     */
    ReplayInstanceReader(ShardPolicies policies, UnaryOperator<Declaration> adaption, long from) {
        this.policies = policies;
        this.adaption = adaption;
        this.from = from;
    }

    void read(JsonNode row, ShardState state) {
        var gone = row.path("gone").asString("");
        if (gone.isEmpty()) {
            addPresent(row, state);
        } else {
            addGone(row, gone.equals(REMOVED), state);
        }
    }

    private void addPresent(JsonNode row, ShardState state) {
        var instance = instance(row);
        var lease = constant(LeaseState.class, row, "lease");
        long changedAt = millis(row, "lease_changed_at");
        instance.overdue = lease == LeaseState.OVERDUE;
        if (lease == LeaseState.EXPIRED) {
            instance.removeAt = removeAt(instance, changedAt);
        }
        instance.renewedAt = lease == LeaseState.LIVE ? from : changedAt - 1000L * instance.ttl(policies.leases());
        state.addInstance(instance, row.path("slot").asInt());
        state.service(instance.service).selfPreserving |= instance.overdue;
    }

    private void addGone(JsonNode row, boolean removed, ShardState state) {
        long goneAt = millis(row, "from_at");
        long until = goneAt
                + (removed ? policies.leases().reviveWindow().toMillis() : ShardState.DEREGISTERED_RETENTION_MILLIS);
        if (until > from) {
            var instance = instance(row);
            instance.removeAt = goneAt;
            state.tombstones.add(instance.id, new Tombstone(removed ? instance : null, until), from);
        }
    }

    private Instance instance(JsonNode row) {
        var declaration = adaption.apply(
                StoredDeclaration.read(row.path("declaration").toString().getBytes(StandardCharsets.UTF_8)));
        var instance = new Instance(
                row.path("id").asString(),
                row.path("service").asString().intern(),
                row.path("owner").asString().intern(),
                millis(row, "registered_at"),
                StoredDeclaration.of(declaration),
                constant(HealthState.class, row, "health"));
        instance.version = row.path("declaration_version").asInt();
        instance.adminState = AdminState.of(row.path("declared").asString());
        instance.breakerState = constant(BreakerState.class, row, "breaker");
        instance.retryAt = instance.breakerState == BreakerState.OPEN
                ? from + policies.breaker().waitInOpen().toMillis()
                : 0;
        instance.healthAt = millis(row, "health_changed_at");
        instance.changedAt = millis(row, "updated_at");
        return instance;
    }

    private long removeAt(Instance instance, long expiredAt) {
        int declared = instance.deregisterAfter();
        if (declared == 0) {
            return Long.MAX_VALUE;
        }
        return expiredAt
                + (declared > 0
                        ? 1000L * declared
                        : policies.leases().gracePeriod().toMillis());
    }

    private static long millis(JsonNode row, String column) {
        var text = row.path(column).asString();
        return (text.endsWith("Z")
                        ? Instant.parse(text)
                        : OffsetDateTime.parse(text).toInstant())
                .toEpochMilli();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode row, String column) {
        return Enum.valueOf(type, row.path(column).asString().toUpperCase(Locale.ROOT));
    }
}
