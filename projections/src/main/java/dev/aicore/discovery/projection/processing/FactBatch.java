package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.api.Fact;
import dev.aicore.discovery.api.configuration.ConfigurationFact;
import dev.aicore.discovery.api.configuration.KeyValueFact;
import dev.aicore.discovery.config.telemetry.TraceRecorder;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.eventstore.UnreadableEvent;
import io.micrometer.tracing.Span.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Collects the facts of one unit of work by projection. They are folded into all read models just before the unit
 * commits, in the transaction that moves the token. The rows of all models and the token are therefore stored together,
 * or not at all.
 */
final class FactBatch {

    private static final String RESOURCE = FactBatch.class.getName();

    private final Map<String, List<RecordedFact>> byProjection = new LinkedHashMap<>();
    private final boolean coversAll;
    private long last;

    private FactBatch(boolean coversAll) {
        this.coversAll = coversAll;
    }

    /** Returns the batch of a unit of work; creates it if there is none. */
    static FactBatch of(UnitOfWork<?> unit, ProjectionProcessor processor) {
        return unit.root().getOrComputeResource(RESOURCE, key -> begin(unit, processor));
    }

    private static FactBatch begin(UnitOfWork<?> unit, ProjectionProcessor processor) {
        int segment = processor.segmentOf(unit);
        var batch = new FactBatch(processor.isWhole(unit));
        unit.onPrepareCommit(committing -> processor.fold(batch));
        unit.afterCommit(committed -> processor.committed(batch, segment));
        unit.onRollback(rolledBack -> processor.rolledBack(rolledBack, segment));
        return batch;
    }

    void add(String projection, RecordedFact fact) {
        byProjection.computeIfAbsent(projection, name -> new ArrayList<>()).add(fact);
        last = Math.max(last, fact.position());
    }

    /** Returns the facts of a projection in order of position. */
    List<RecordedFact> of(String projection) {
        return byProjection.getOrDefault(projection, List.of());
    }

    /** Begins a span for each fact of a recorded request. A fact of several projections has one span. */
    List<TracedSpan> begin(TraceRecorder recorder) {
        var spans = new LinkedHashMap<Long, TracedSpan>();
        for (var facts : byProjection.values()) {
            for (var fact : facts) {
                var span = spans.containsKey(fact.position()) ? null : begin(recorder, fact);
                if (span != null) {
                    spans.put(fact.position(), span);
                }
            }
        }
        return List.copyOf(spans.values());
    }

    private static @Nullable TracedSpan begin(TraceRecorder recorder, RecordedFact recordedFact) {
        var metadata = switch (recordedFact.fact()) {
            case Fact fact -> fact.envelope();
            case ConfigurationFact fact -> fact.envelope();
            case KeyValueFact fact -> fact.envelope();
            default -> null;
        };
        var span = metadata == null ? null : recorder.continueTrace(metadata.traceParent(), "project", Kind.CONSUMER);
        return span == null
                ? null
                : span.tag("service_discovery.position", recordedFact.position())
                        .tag(
                                "service_discovery.event",
                                recordedFact.fact().getClass().getSimpleName());
    }

    /** Returns the position of the last fact. */
    long last() {
        return last;
    }

    /**
     * Returns true if no fact up to the last one is in another segment's batch, so that every model is complete up to
     * it.
     */
    boolean coversAll() {
        return coversAll;
    }

    int size() {
        return byProjection.values().stream().mapToInt(List::size).max().orElse(0);
    }

    /**
     * Folds all facts.
     *
     * @param connection connection with the transaction of the unit of work
     * @param folds folds by projection; the watermark of each is moved if this batch covers all facts
     */
    void fold(Connection connection, Map<String, BisectingFold> folds) throws SQLException {
        BatchRows.findByIndex(connection);
        if (hasUnreadable() || DeadLetterRows.exist(connection) || !isFoldedImmediately(connection, folds)) {
            for (var facts : byProjection.entrySet()) {
                fold(folds, facts.getKey()).foldIndexed(connection, facts.getValue());
            }
        }
        if (coversAll) {
            WatermarkRows.write(connection, folds.keySet(), last);
        }
    }

    private boolean hasUnreadable() {
        return byProjection.values().stream()
                .flatMap(List::stream)
                .anyMatch(recordedFact -> recordedFact.fact() instanceof UnreadableEvent);
    }

    /** Folds all facts at once. Returns false if a fact may have caused a failure; then nothing is folded. */
    private boolean isFoldedImmediately(Connection connection, Map<String, BisectingFold> folds) throws SQLException {
        var savepoint = connection.setSavepoint();
        try {
            for (var facts : byProjection.entrySet()) {
                var span = TracedSpan.beginStatement("fold " + facts.getKey());
                try {
                    fold(folds, facts.getKey()).foldTogether(connection, facts.getValue());
                } finally {
                    TracedSpan.end(span, null);
                }
            }
            connection.releaseSavepoint(savepoint);
            return true;
        } catch (SQLException | RuntimeException failure) {
            if (!PoisonDetector.isSuspect(failure)) {
                throw failure;
            }
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
            return false;
        }
    }

    private static BisectingFold fold(Map<String, BisectingFold> folds, String projection) {
        var fold = folds.get(projection);
        if (fold == null) {
            throw new IllegalStateException("No projection '" + projection + "' folds facts.");
        }
        return fold;
    }
}
