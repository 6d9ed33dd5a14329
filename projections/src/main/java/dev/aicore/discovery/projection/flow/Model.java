package dev.aicore.discovery.projection.flow;

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
public record Model(
        String name, List<ModelTable> tables, BatchFold fold, Supplier<BuildFold> build, Predicate<Object> takes) {

    public Model {
        tables = List.copyOf(tables);
    }

    /** Those of these facts that it folds. */
    public List<Recorded> taken(List<Recorded> facts) {
        return facts.stream().filter(recorded -> takes.test(recorded.fact())).toList();
    }
}
