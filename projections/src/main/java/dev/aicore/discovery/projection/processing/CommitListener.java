package dev.aicore.discovery.projection.processing;

import java.util.List;

/** Receives facts whose rows have just been committed. */
@FunctionalInterface
public interface CommitListener {

    /** Ignores all facts. */
    CommitListener NONE = facts -> {};

    /**
     * Called after the commit on the thread that folds: it must neither block nor fail. Facts may be passed more than
     * once.
     */
    void committed(List<RecordedFact> facts);

    /** Returns a listener that calls this one and then another one. */
    default CommitListener andThen(CommitListener next) {
        return facts -> {
            committed(facts);
            next.committed(facts);
        };
    }
}
