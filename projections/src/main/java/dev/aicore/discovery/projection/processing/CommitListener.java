package dev.aicore.discovery.projection.processing;

import java.util.List;

/** Told of facts whose rows have just been committed. */
@FunctionalInterface
public interface CommitListener {

    /** Wants to know nothing. */
    CommitListener NONE = facts -> {};

    /** Called on the thread that folds, after the commit: it must neither block nor fail. Facts may be told of again. */
    void committed(List<RecordedFact> facts);

    /** Tells another one as well, behind this one. */
    default CommitListener andThen(CommitListener next) {
        return facts -> {
            committed(facts);
            next.committed(facts);
        };
    }
}
