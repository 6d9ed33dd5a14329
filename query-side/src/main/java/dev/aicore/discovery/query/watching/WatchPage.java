package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.watching.BookmarkView;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.api.watching.ServiceSnapshotView;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.util.List;

/**
 * Consecutive events of a service, ready to be written to any number of watchers.
 *
 * @param events in the order of their positions
 * @param reached a caller who has these, and those before, has all up to this position
 */
public record WatchPage(List<byte[]> events, long reached) {

    /**
     * Makes one.
     *
     * @param limit how many were asked for: if as many are here, there may be more
     * @param upTo position up to which was asked for
     */
    static WatchPage of(List<InstanceChangeView> changes, int limit, long upTo) {
        long last = changes.isEmpty() ? upTo : changes.getLast().position();
        return new WatchPage(
                changes.stream().map(WatchPage::event).toList(), reached(upTo, last, changes.size() < limit));
    }

    /** What a stream begins with. */
    static WatchPage of(String service, WatchSnapshot watchSnapshot) {
        var view = new ServiceSnapshotView(service, watchSnapshot.position(), watchSnapshot.instances());
        return new WatchPage(
                List.of(StreamingResponseWriter.event("snapshot", watchSnapshot.position(), view)),
                watchSnapshot.position());
    }

    /** Nothing happened up to there. */
    public static WatchPage bookmark(long position) {
        return new WatchPage(
                List.of(StreamingResponseWriter.event("bookmark", position, new BookmarkView(position))), position);
    }

    private static long reached(long upTo, long last, boolean isAll) {
        return isAll ? upTo : last;
    }

    private static byte[] event(InstanceChangeView change) {
        return StreamingResponseWriter.event("change", change.position(), change);
    }
}
