package dev.aicore.discovery.projection.processing;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tables that one projection folds facts into, and that nothing else writes.
 *
 * @param fold fold that serves live facts
 * @param build creates folds that fill empty tables with all facts from the first on
 * @param takes decides which facts the projection folds
 */
public record ReadModel(
        String name,
        List<ReadModelTable> tables,
        BatchFold fold,
        Supplier<RebuildFold> build,
        Predicate<Object> takes) {

    public ReadModel {
        tables = List.copyOf(tables);
    }

    /** Returns the facts that this read model folds. */
    public List<RecordedFact> select(List<RecordedFact> facts) {
        return facts.stream()
                .filter(recordedFact -> takes.test(recordedFact.fact()))
                .toList();
    }
}
