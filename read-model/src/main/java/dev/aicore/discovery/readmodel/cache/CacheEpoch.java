package dev.aicore.discovery.readmodel.cache;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * State of the cache as a whole: the event store that its documents come from, and the time at which all documents were
 * last compared with PostgreSQL. If it is missing, Redis was flushed or was never filled.
 *
 * @param store incarnation of the event store that the documents come from
 * @param mark random value; a cache that was flushed and filled again has another one
 * @param position position that every document reflects at least
 * @param at time at which every document reflected the position, in milliseconds since 1970; 0 before the first
 *     comparison
 */
public record CacheEpoch(String store, String mark, long position, long at) {

    private static final Pattern TEXT = Pattern.compile(
            "\\{\"store\":\"([0-9a-f-]{36})\",\"mark\":\"([0-9a-f-]{36})\",\"position\":(\\d{1,18}),\"at\":(\\d{1,18})}");

    /** Parses the state of a cache; empty if there is none or it can't be parsed. */
    public static Optional<CacheEpoch> of(@Nullable String json) {
        var found = TEXT.matcher(json == null ? "" : json);
        return found.matches()
                ? Optional.of(new CacheEpoch(
                        found.group(1), found.group(2), Long.parseLong(found.group(3)), Long.parseLong(found.group(4))))
                : Optional.empty();
    }

    public String json() {
        return "{\"store\":\"%s\",\"mark\":\"%s\",\"position\":%d,\"at\":%d}".formatted(store, mark, position, at);
    }
}
