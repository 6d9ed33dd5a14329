package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.api.watching.ServiceSnapshotView;
import dev.aicore.discovery.api.watching.ServiceSnapshotView.BookmarkView;
import dev.aicore.discovery.query.watching.ChangeSource.WatchSnapshot;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.util.List;

/**
 * Consecutive events of a service, encoded for any number of watchers.
 *
 * @param events in order of position
 * @param reached position up to which a caller with these and all earlier events is complete
 */
public record WatchPage(List<byte[]> events, long reached) {

    /**
     * Creates a page of changes.
     *
     * @param limit number of changes requested; if as many were found, there may be more
     * @param upTo position up to which changes were requested
     */
    static WatchPage of(List<InstanceChangeView> changes, int limit, long upTo) {
        long last = changes.isEmpty() ? upTo : changes.getLast().position();
        return new WatchPage(
                changes.stream().map(WatchPage::event).toList(), reached(upTo, last, changes.size() < limit));
    }

    /** Creates the first page of a stream: a snapshot. */
    static WatchPage of(String service, WatchSnapshot watchSnapshot) {
        var view = new ServiceSnapshotView(service, watchSnapshot.position(), watchSnapshot.instances());
        return new WatchPage(
                List.of(StreamingResponseWriter.event("snapshot", watchSnapshot.position(), view)),
                watchSnapshot.position());
    }

    /** Creates a page that states that nothing changed up to a position. */
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
