package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.health.CheckReason;
import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.api.shard.CallOutcomes;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.query.history.Seats.Seat;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells an observation as an entry. Who sent a heartbeat isn't kept with it. */
final class ObservedEntry {

    static final String PASSED = "CheckPassed";
    static final String FAILED = "CheckFailed";

    /** In the evidence of a check that failed. */
    static final String REASON = "reason";

    private static final String OBSERVE = "observe";

    private ObservedEntry() {}

    /** The numbers are those that its kind carries. */
    static HistoryEntry of(Seat seat, long position, ObservationKind kind, long observedAt, int first, int second) {
        return switch (kind) {
            case RENEWED -> heard(seat, position, observedAt, "HeartbeatReceived", "Heartbeat", null);
            case REPORTED_HEALTHY ->
                heard(seat, position, observedAt, "HeartbeatReceived", "Heartbeat: healthy", Map.of("healthy", true));
            case REPORTED_UNHEALTHY ->
                heard(
                        seat,
                        position,
                        observedAt,
                        "HeartbeatReceived",
                        "Heartbeat: unhealthy",
                        Map.of("healthy", false));
            case CHECK_PASSED, CHECK_PASSED_RENEWING -> checked(seat, position, observedAt, null, first);
            case CHECK_FAILED -> checked(seat, position, observedAt, CheckReason.of(first), second);
            case CONNECTIONS_REPORTED ->
                heard(
                        seat,
                        position,
                        observedAt,
                        "ConnectionsReported",
                        first + " active connections",
                        Map.of("active_connections", first));
            case OUTCOMES_REPORTED -> calls(seat, position, observedAt, first, second);
            case OUTCOMES_REPORTED_BY -> {
                var outcomes = CallOutcomes.of(first);
                yield calls(seat, position, observedAt, outcomes.successes(), outcomes.failures());
            }
        };
    }

    /** Tells that something may have been observed which can't be read. */
    static HistoryEntry unreadable(Seat seat, long position, Instant recordedAt) {
        return heard(
                seat,
                position,
                recordedAt.toEpochMilli(),
                "ObservationsUnreadable",
                "What was observed of its shard at this position can't be read",
                null);
    }

    private static HistoryEntry calls(Seat seat, long position, long observedAt, int successes, int failures) {
        var evidence = new LinkedHashMap<String, Object>();
        evidence.put("successes", successes);
        evidence.put("failures", failures);
        var summary = "Callers report " + successes + " successes and " + failures + " failures";
        return heard(seat, position, observedAt, "OutcomesReported", summary, evidence);
    }

    private static HistoryEntry checked(
            Seat seat, long position, long observedAt, @Nullable CheckReason reason, int latencyClass) {
        long within = 1L << latencyClass;
        var evidence = new LinkedHashMap<String, Object>();
        if (reason != null) {
            evidence.put(REASON, reason.words());
        }
        evidence.put("within_millis", within);
        var summary = summary(reason == null ? null : reason.words()) + ", within " + within + " ms";
        var type = reason == null ? PASSED : FAILED;
        return entry(seat, position, observedAt, type, summary, evidence, Envelope.REGISTRY, "check");
    }

    /** How a check went, and not how fast; the reason is null if it passed. */
    static String summary(@Nullable String reason) {
        return reason == null ? "Check passed" : "Check failed: " + reason;
    }

    private static HistoryEntry heard(
            Seat seat,
            long position,
            long observedAt,
            String type,
            String summary,
            @Nullable Map<String, Object> evidence) {
        return entry(seat, position, observedAt, type, summary, evidence, null, "rest");
    }

    private static HistoryEntry entry(
            Seat seat,
            long position,
            long observedAt,
            String type,
            String summary,
            @Nullable Map<String, Object> evidence,
            @Nullable String actor,
            String protocol) {
        return new HistoryEntry(
                position,
                Instant.ofEpochMilli(observedAt),
                type,
                OBSERVE,
                seat.id(),
                seat.service(),
                summary,
                evidence,
                null,
                null,
                null,
                actor,
                actor,
                null,
                protocol,
                null,
                null,
                null);
    }
}
