package dev.aicore.discovery.query.history;

import dev.aicore.discovery.query.database.PositionedResult;
import reactor.core.publisher.Mono;

/** Entries that can be read stretch by stretch. */
interface EntrySource {

    /**
     * The stretch behind a position.
     *
     * @param most how many entries it has at most; more only where many have the position of its last one
     */
    Mono<PositionedResult<EntrySlice>> after(EntryOrder entryOrder, long behind, int most);

    /** The same, and none beyond a position. */
    EntrySource upTo(long position);
}
