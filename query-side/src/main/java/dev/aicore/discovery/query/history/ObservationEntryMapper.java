package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.CallReport;
import dev.aicore.discovery.api.health.CheckFailureReason;
import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.api.shard.ListReport;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.query.history.SlotAssignments.SlotAssignment;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps observations to history entries. The sender of a heartbeat isn't stored with it. */
final class ObservationEntryMapper {

    static final String PASSED = "CheckPassed";
    static final String FAILED = "CheckFailed";

    static final String LIST_REPORTED = "ListReported";

    /** Name of a list's position in the evidence. */
    static final String LIST_POSITION = "list_position";

    /** Name of the number that stands for a list's service in the evidence. */
    static final String SERVICE_NUMBER = "service_number";

    /** Name of a failed check's reason in the evidence. */
    static final String REASON = "reason";

    private static final String OBSERVE = "observe";

    private ObservationEntryMapper() {}

    /** Returns the entry of an observation. The meaning of the two numbers depends on the kind. */
    static HistoryEntry of(
            SlotAssignment slotAssignment,
            long position,
            ObservationKind kind,
            long observedAt,
            int first,
            int second) {
        return switch (kind) {
            case RENEWED ->
                heartbeatEntry(slotAssignment, position, observedAt, "HeartbeatReceived", "Heartbeat", null);
            case REPORTED_HEALTHY ->
                heartbeatEntry(
                        slotAssignment,
                        position,
                        observedAt,
                        "HeartbeatReceived",
                        "Heartbeat: healthy",
                        Map.of("healthy", true));
            case REPORTED_UNHEALTHY ->
                heartbeatEntry(
                        slotAssignment,
                        position,
                        observedAt,
                        "HeartbeatReceived",
                        "Heartbeat: unhealthy",
                        Map.of("healthy", false));
            case CHECK_PASSED, CHECK_PASSED_RENEWING -> checked(slotAssignment, position, observedAt, null, first);
            case CHECK_FAILED -> checked(slotAssignment, position, observedAt, CheckFailureReason.of(first), second);
            case CONNECTIONS_REPORTED ->
                heartbeatEntry(
                        slotAssignment,
                        position,
                        observedAt,
                        "ConnectionsReported",
                        first + " active connections",
                        Map.of("active_connections", first));
            case LIST_REPORTED -> list(slotAssignment, position, observedAt, first, second);
            case OUTCOMES_REPORTED -> calls(slotAssignment, position, observedAt, first, second);
            case OUTCOMES_REPORTED_BY -> {
                var report = CallReport.of(first);
                yield calls(slotAssignment, position, observedAt, report.successes(), report.failures());
            }
        };
    }

    /** Returns an entry that states that observations may exist which can't be read. */
    static HistoryEntry unreadable(SlotAssignment slotAssignment, long position, Instant recordedAt) {
        return heartbeatEntry(
                slotAssignment,
                position,
                recordedAt.toEpochMilli(),
                "ObservationsUnreadable",
                "The observations of the shard at this position are unreadable",
                null);
    }

    private static HistoryEntry list(
            SlotAssignment slotAssignment, long position, long observedAt, int serviceNumber, int packedPosition) {
        long listPosition = ListReport.unpack(packedPosition, position);
        return heartbeatEntry(
                slotAssignment,
                position,
                observedAt,
                LIST_REPORTED,
                "Its list of a service has the position " + listPosition,
                Map.of(SERVICE_NUMBER, serviceNumber, LIST_POSITION, listPosition));
    }

    private static HistoryEntry calls(
            SlotAssignment slotAssignment, long position, long observedAt, int successes, int failures) {
        var evidence = new LinkedHashMap<String, Object>();
        evidence.put("successes", successes);
        evidence.put("failures", failures);
        var summary = "Callers report " + successes + " successes and " + failures + " failures";
        return heartbeatEntry(slotAssignment, position, observedAt, "OutcomesReported", summary, evidence);
    }

    private static HistoryEntry checked(
            SlotAssignment slotAssignment,
            long position,
            long observedAt,
            @Nullable CheckFailureReason reason,
            int latencyClass) {
        long within = 1L << latencyClass;
        var evidence = new LinkedHashMap<String, Object>();
        if (reason != null) {
            evidence.put(REASON, reason.text());
        }
        evidence.put("within_millis", within);
        var summary = summary(reason == null ? null : reason.text()) + ", within " + within + " ms";
        var type = reason == null ? PASSED : FAILED;
        return entry(slotAssignment, position, observedAt, type, summary, evidence, EventMetadata.REGISTRY, "check");
    }

    /** Returns the summary of a check without its latency; the reason is null if the check passed. */
    static String summary(@Nullable String reason) {
        return reason == null ? "Check passed" : "Check failed: " + reason;
    }

    private static HistoryEntry heartbeatEntry(
            SlotAssignment slotAssignment,
            long position,
            long observedAt,
            String type,
            String summary,
            @Nullable Map<String, Object> evidence) {
        return entry(slotAssignment, position, observedAt, type, summary, evidence, null, "rest");
    }

    private static HistoryEntry entry(
            SlotAssignment slotAssignment,
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
                slotAssignment.id(),
                slotAssignment.service(),
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
