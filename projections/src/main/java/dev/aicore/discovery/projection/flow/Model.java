package dev.aicore.discovery.projection.flow;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a projection folds facts into, and nothing else writes.
 *
 * @param takes which facts it folds
 */
public record Model(String name, List<ModelTable> tables, BatchFold fold, Predicate<Object> takes) {

    public Model {
        tables = List.copyOf(tables);
    }
}
