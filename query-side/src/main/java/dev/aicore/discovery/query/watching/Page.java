package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.watching.BookmarkView;
import dev.aicore.discovery.api.watching.ChangeView;
import dev.aicore.discovery.api.watching.SnapshotView;
import dev.aicore.discovery.config.web.EventStream;
import java.util.List;

/**
 * Consecutive events of a service, ready to be written to any number of watchers.
 *
 * @param events in the order of their positions
 * @param reached a caller who has these, and those before, has all up to this position
 */
public record Page(List<byte[]> events, long reached) {

    /**
     * Makes one.
     *
     * @param limit how many were asked for: if as many are here, there may be more
     * @param upTo position up to which was asked for
     */
    static Page of(List<ChangeView> changes, int limit, long upTo) {
        long last = changes.isEmpty() ? upTo : changes.getLast().position();
        return new Page(changes.stream().map(Page::event).toList(), reached(upTo, last, changes.size() < limit));
    }

    /** What a stream begins with. */
    static Page of(String service, Snapshot snapshot) {
        var view = new SnapshotView(service, snapshot.position(), snapshot.instances());
        return new Page(List.of(EventStream.event("snapshot", snapshot.position(), view)), snapshot.position());
    }

    /** Nothing happened up to there. */
    public static Page bookmark(long position) {
        return new Page(List.of(EventStream.event("bookmark", position, new BookmarkView(position))), position);
    }

    private static long reached(long upTo, long last, boolean isAll) {
        return isAll ? upTo : last;
    }

    private static byte[] event(ChangeView change) {
        return EventStream.event("change", change.position(), change);
    }
}
