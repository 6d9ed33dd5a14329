package dev.aicore.discovery.projection.processing;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tables that one projection folds facts into, and that nothing else writes.
 *
 * @param fold creates folds like the one that serves live facts, for the tables of a schema
 * @param build creates folds that fill the empty tables of a schema with all facts from the first on
 * @param takes decides which facts the projection folds
 */
public record ReadModel(
        String name,
        List<ReadModelTable> tables,
        Function<String, BatchFold> fold,
        Function<String, RebuildFold> build,
        Predicate<Object> takes) {

    public ReadModel {
        tables = List.copyOf(tables);
    }

    /** Creates a fold that parks the facts that can't be folded, for the tables of a schema. */
    public BisectingFold bisectingFold(String schema) {
        return new BisectingFold(name, fold.apply(schema), schema);
    }

    /** Returns the facts that this read model folds. */
    public List<RecordedFact> select(List<RecordedFact> facts) {
        return facts.stream()
                .filter(recordedFact -> takes.test(recordedFact.fact()))
                .toList();
    }
}
