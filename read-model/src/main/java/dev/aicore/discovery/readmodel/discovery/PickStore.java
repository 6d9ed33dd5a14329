package dev.aicore.discovery.readmodel.discovery;

import reactor.core.publisher.Mono;

/** Stores the picks that the query side of a node counts. Each call is one statement and never blocks. */
public interface PickStore {

    /** Returns the id under which this process stores its picks. */
    String node();

    /**
     * Adds a batch once, even if it is sent repeatedly. Of each service, adds only counts since its last reset.
     *
     * @return a position up to which resets have been applied; fails with {@code store_unavailable}, in which case it
     * is unknown whether the batch was added
     */
    Mono<Long> add(PickBatch batch);

    /**
     * Merges the picks of instances that are gone and weren't picked for a day into the count of their service, so that
     * a service whose instances are replaced often doesn't grow without bound. Fails with {@code store_unavailable}.
     */
    Mono<Void> deleteStale();
}
