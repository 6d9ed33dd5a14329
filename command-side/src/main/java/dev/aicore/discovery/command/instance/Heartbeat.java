package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.config.telemetry.HealthCheckCounters;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.TextConstraint;
import java.util.List;
import java.util.Objects;

/**
 * Content of a heartbeat, independent of its transport.
 *
 * @param kind reported health; {@code RENEWED} if the heartbeat reports none
 * @param connections number of active connections; {@link RenewLease#NOT_REPORTED} if the heartbeat reports none
 */
record Heartbeat(ObservationKind kind, int connections) {

    private static final Choices<ObservationKind> STATUS = Choices.of(
            List.of(ObservationKind.REPORTED_HEALTHY, ObservationKind.REPORTED_UNHEALTHY),
            kind -> kind.passed() ? "healthy" : "unhealthy");

    /** Placeholder that the examples of older clients send instead of an id. */
    private static final String PLACEHOLDER = "uuid";

    private static final int MAX_CONNECTIONS = 10_000_000;

    /**
     * Parses a body.
     *
     * @param id id in the path
     * @throws dev.aicore.discovery.api.error.RegistryException with all errors of the body
     */
    static Heartbeat read(JsonFields jsonFields, String id) {
        var named = jsonFields.textOrNull("service_id", NameRules.INSTANCE);
        if (named != null && !named.equals(id) && !named.equals(PLACEHOLDER)) {
            jsonFields.reject("service_id", "is not the id in the path", id);
        }
        var heartbeat = readReport(jsonFields);
        jsonFields.textOrNull("note", TextConstraint.upTo(512));
        jsonFields.rejectUnknown();
        jsonFields.validate();
        return heartbeat;
    }

    /** Parses health and load; violations are collected in the fields. */
    static Heartbeat readReport(JsonFields jsonFields) {
        var kind = jsonFields.choiceOr("status", STATUS, ObservationKind.RENEWED);
        var connections = jsonFields.integerOrNull("active_connections", 0, MAX_CONNECTIONS);
        return new Heartbeat(kind, Objects.requireNonNullElse(connections, RenewLease.NOT_REPORTED));
    }

    RenewLease of(String id, long observedAt, EventMetadata metadata) {
        return new RenewLease(id, kind, connections, observedAt, metadata);
    }

    /** Counts the reported health, if the heartbeat reports any. */
    void countReported(HealthCheckCounters checks) {
        if (kind == ObservationKind.REPORTED_HEALTHY || kind == ObservationKind.REPORTED_UNHEALTHY) {
            checks.reported(kind == ObservationKind.REPORTED_HEALTHY);
        }
    }
}
