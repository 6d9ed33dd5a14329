package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.health.CheckFailureReason;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.query.history.EntrySource.EntrySlice;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.ApiJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;

/** Removes responses of check targets and latencies from entries, for callers that may not read them. */
record RedactedEntrySource(EntrySource pages) implements EntrySource {

    private static final Set<String> CHECK_TYPES = Set.of(ObservationEntryMapper.PASSED, ObservationEntryMapper.FAILED);
    private static final String RESULTS = "results";
    private static final TypeReference<List<CheckResult>> LIST = new TypeReference<>() {};

    @Override
    public Mono<PositionedResult<EntrySlice>> readAfter(EntryOrder entryOrder, long position, int max) {
        return pages.readAfter(entryOrder, position, max).map(result -> result.map(RedactedEntrySource::redact));
    }

    @Override
    public RedactedEntrySource upTo(long position) {
        return new RedactedEntrySource(pages.upTo(position));
    }

    private static EntrySlice redact(EntrySlice entrySlice) {
        return new EntrySlice(
                entrySlice.entries().stream().map(RedactedEntrySource::entry).toList(),
                entrySlice.reached(),
                entrySlice.isLast());
    }

    private static HistoryEntry entry(HistoryEntry entry) {
        var evidence = entry.evidence();
        if (CHECK_TYPES.contains(entry.type())) {
            var reason = evidence == null ? null : evidence.get(ObservationEntryMapper.REASON);
            var words = reason == null ? null : CheckFailureReason.publicText(reason.toString());
            return of(
                    entry,
                    ObservationEntryMapper.summary(words),
                    words == null ? null : Map.of(ObservationEntryMapper.REASON, words));
        }
        return of(entry, CheckResult.redacted(entry.summary()), evidence == null ? null : evidence(evidence));
    }

    private static Map<String, Object> evidence(Map<String, Object> evidence) {
        if (!evidence.containsKey(RESULTS)) {
            return evidence;
        }
        var known = new LinkedHashMap<>(evidence);
        known.put(
                RESULTS,
                ApiJson.mapper().convertValue(evidence.get(RESULTS), LIST).stream()
                        .map(CheckResult::redacted)
                        .toList());
        return known;
    }

    private static HistoryEntry of(HistoryEntry entry, String summary, @Nullable Map<String, Object> evidence) {
        var cause = entry.cause();
        return new HistoryEntry(
                entry.position(),
                entry.at(),
                entry.type(),
                entry.action(),
                entry.serviceId(),
                entry.serviceName(),
                summary,
                evidence,
                entry.before(),
                entry.after(),
                cause == null ? null : CheckResult.redacted(cause),
                entry.actor(),
                entry.role(),
                entry.sourceAddress(),
                entry.protocol(),
                entry.requestId(),
                entry.idempotencyKey(),
                entry.reason());
    }
}
