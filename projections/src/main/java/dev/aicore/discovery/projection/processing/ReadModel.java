package dev.aicore.discovery.projection.processing;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a projection folds facts into, and nothing else writes.
 *
 * @param fold while they serve
 * @param build makes what folds all facts from the first on into empty ones
 * @param takes which facts it folds
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

    /** Those of these facts that it folds. */
    public List<RecordedFact> taken(List<RecordedFact> facts) {
        return facts.stream()
                .filter(recordedFact -> takes.test(recordedFact.fact()))
                .toList();
    }
}
