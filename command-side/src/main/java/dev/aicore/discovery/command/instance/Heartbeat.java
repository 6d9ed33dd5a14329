package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.Text;
import java.util.Map;
import java.util.Objects;

/**
 * What a heartbeat says, however it came in.
 *
 * @param kind how the instance is, as far as it says so
 * @param connections how many it has, {@link RenewLease#UNTOLD} if it doesn't say
 */
record Heartbeat(ObservationKind kind, int connections) {

    private static final Map<String, ObservationKind> STATUS = Map.of(
            "healthy", ObservationKind.REPORTED_HEALTHY,
            "unhealthy", ObservationKind.REPORTED_UNHEALTHY);

    /** What the examples of older clients send in place of an id. */
    private static final String PLACEHOLDER = "uuid";

    private static final int MOST_CONNECTIONS = 10_000_000;

    /**
     * Reads all of a body.
     *
     * @param id the one in the path
     * @throws dev.aicore.discovery.api.error.RegistryException with everything that is wrong with it
     */
    static Heartbeat read(Fields fields, String id) {
        var named = fields.textOrNull("service_id", Names.INSTANCE);
        if (named != null && !named.equals(id) && !named.equals(PLACEHOLDER)) {
            fields.reject("service_id", "is not the id in the path", id);
        }
        var kind = fields.choiceOr("status", STATUS, ObservationKind.RENEWED);
        var connections = fields.integerOrNull("active_connections", 0, MOST_CONNECTIONS);
        fields.textOrNull("note", Text.upTo(512));
        fields.rejectUnknown();
        fields.orThrow();
        return new Heartbeat(kind, Objects.requireNonNullElse(connections, RenewLease.UNTOLD));
    }

    RenewLease of(String id, long observedAt, Envelope envelope) {
        return new RenewLease(id, kind, connections, observedAt, envelope);
    }
}
