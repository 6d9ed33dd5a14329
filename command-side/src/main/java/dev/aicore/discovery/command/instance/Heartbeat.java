package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.lease.RenewLease;
import dev.aicore.discovery.api.shard.ListReport;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.config.telemetry.HealthCheckCounters;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * Content of a heartbeat, independent of its transport.
 *
 * @param kind reported health; {@code RENEWED} if the heartbeat reports none
 * @param connections number of active connections; {@link RenewLease#NOT_REPORTED} if the heartbeat reports none
 * @param lists lists that the instance has of services
 */
record Heartbeat(ObservationKind kind, int connections, List<ListReport> lists) {

    private static final Choices<ObservationKind> STATUS = Choices.of(
            List.of(ObservationKind.REPORTED_HEALTHY, ObservationKind.REPORTED_UNHEALTHY),
            kind -> kind.passed() ? "healthy" : "unhealthy");

    /** Placeholder that the examples of older clients send instead of an id. */
    private static final String PLACEHOLDER = "uuid";

    private static final int MAX_CONNECTIONS = 10_000_000;

    /** Maximum number of lists of one instance: as many as a client may watch with one stream. */
    private static final int MAX_LISTS = 200;

    private static final long MAX_AGE_MILLIS = Duration.ofDays(365).toMillis();

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
        return new Heartbeat(
                kind, Objects.requireNonNullElse(connections, RenewLease.NOT_REPORTED), readView(jsonFields));
    }

    private static List<ListReport> readView(JsonFields jsonFields) {
        var view = jsonFields.objectListOrNull("view", MAX_LISTS);
        if (view == null) {
            return List.of();
        }
        var names = new HashSet<String>();
        var lists = new ArrayList<ListReport>(view.size());
        for (var fields : view) {
            var service = fields.text("service_name", NameRules.SERVICE);
            if (!names.add(service)) {
                fields.reject("service_name", "is given twice", "each service once");
            }
            lists.add(new ListReport(
                    service,
                    fields.number("position", 0, Long.MAX_VALUE),
                    fields.numberOr("age_ms", 0, MAX_AGE_MILLIS, 0)));
        }
        return lists;
    }

    RenewLease of(String id, long observedAt, EventMetadata metadata) {
        return new RenewLease(id, kind, connections, lists, observedAt, metadata);
    }

    /** Counts the reported health, if the heartbeat reports any. */
    void countReported(HealthCheckCounters checks) {
        if (kind == ObservationKind.REPORTED_HEALTHY || kind == ObservationKind.REPORTED_UNHEALTHY) {
            checks.reported(kind == ObservationKind.REPORTED_HEALTHY);
        }
    }
}
