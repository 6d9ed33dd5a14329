package dev.aicore.discovery.query.history;

import dev.aicore.discovery.readmodel.database.PositionedResult;
import reactor.core.publisher.Mono;

/** Source of entries that is read slice by slice. */
interface EntrySource {

    /**
     * Returns the slice after a position.
     *
     * @param max maximum number of entries; exceeded only if several entries share the position of the last one
     */
    Mono<PositionedResult<EntrySlice>> readAfter(EntryOrder entryOrder, long position, int max);

    /** Returns this source without entries after a position. */
    EntrySource upTo(long position);
}
