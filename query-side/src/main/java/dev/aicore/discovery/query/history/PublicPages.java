package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.health.CheckReason;
import dev.aicore.discovery.api.health.CheckResult;
import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.query.database.Marked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;

/** The same entries without what targets of checks answered and how fast, for callers who may not know it. */
record PublicPages(EntryPages pages) implements EntryPages {

    private static final Set<String> OF_CHECKS = Set.of(ObservedEntry.PASSED, ObservedEntry.FAILED);
    private static final String RESULTS = "results";
    private static final TypeReference<List<CheckResult>> LIST = new TypeReference<>() {};

    @Override
    public Mono<Marked<Stretch>> after(Order order, long behind, int most) {
        return pages.after(order, behind, most).map(found -> found.map(PublicPages::stretch));
    }

    @Override
    public PublicPages upTo(long position) {
        return new PublicPages(pages.upTo(position));
    }

    private static Stretch stretch(Stretch stretch) {
        return new Stretch(
                stretch.entries().stream().map(PublicPages::entry).toList(), stretch.reached(), stretch.isLast());
    }

    private static HistoryEntry entry(HistoryEntry entry) {
        var evidence = entry.evidence();
        if (OF_CHECKS.contains(entry.type())) {
            var reason = evidence == null ? null : evidence.get(ObservedEntry.REASON);
            var words = reason == null ? null : CheckReason.publicWords(reason.toString());
            return of(entry, ObservedEntry.summary(words), words == null ? null : Map.of(ObservedEntry.REASON, words));
        }
        return of(entry, CheckResult.forEverybody(entry.summary()), evidence == null ? null : evidence(evidence));
    }

    private static Map<String, Object> evidence(Map<String, Object> evidence) {
        if (!evidence.containsKey(RESULTS)) {
            return evidence;
        }
        var known = new LinkedHashMap<>(evidence);
        known.put(
                RESULTS,
                Json.mapper().convertValue(evidence.get(RESULTS), LIST).stream()
                        .map(CheckResult::forEverybody)
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
                cause == null ? null : CheckResult.forEverybody(cause),
                entry.actor(),
                entry.role(),
                entry.sourceAddress(),
                entry.protocol(),
                entry.requestId(),
                entry.idempotencyKey(),
                entry.reason());
    }
}
