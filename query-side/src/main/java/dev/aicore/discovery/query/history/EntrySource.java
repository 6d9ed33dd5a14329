package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import java.util.List;
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

    /**
     * All entries of a range of positions, in the requested order. May be empty.
     *
     * @param reached position after which the next slice begins
     * @param isLast whether no entries follow
     */
    record EntrySlice(List<HistoryEntry> entries, long reached, boolean isLast) {
        public EntrySlice {
            entries = List.copyOf(entries);
        }
    }
}
