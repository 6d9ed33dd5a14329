package dev.aicore.discovery.readmodel.cache;

import java.util.List;
import java.util.Optional;

/**
 * State of the cache as a whole: the event store that its documents come from, and the time at which all documents were
 * last compared with PostgreSQL. If it is missing, Redis was flushed or was never filled. Stored as a hash, whose
 * fields are named like the components.
 *
 * @param store incarnation of the event store that the documents come from
 * @param mark random value; a cache that was flushed and filled again has another one
 * @param position position that every document reflects at least
 * @param at time at which every document reflected the position, in milliseconds since 1970; 0 before the first
 *     comparison
 */
public record CacheEpoch(String store, String mark, long position, long at) {

    /**
     * Parses the state of a cache.
     *
     * @param fields values of the fields in the order of the components; an empty text if the field is missing
     * @return empty if there is no state, or it can't be parsed
     */
    public static Optional<CacheEpoch> of(List<String> fields) {
        return DocumentHeader.of(fields)
                .map(header -> new CacheEpoch(header.store(), header.mark(), header.position(), header.at()));
    }

    /** Returns the values of the fields in the order of the components. */
    public List<String> fields() {
        return List.of(store, mark, Long.toString(position), Long.toString(at));
    }
}
