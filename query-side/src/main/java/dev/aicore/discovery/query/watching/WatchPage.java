package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.watching.ServiceSnapshotView.BookmarkView;
import dev.aicore.discovery.web.StreamingResponseWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Consecutive events, encoded for any number of watchers.
 *
 * @param events in order of position
 * @param positions of the events, in their order
 * @param reached position up to which a caller with these and all earlier events is complete
 */
public record WatchPage(List<byte[]> events, List<Long> positions, long reached) {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record PositionedEvent(long position, byte[] event) {}

    /**
     * Creates a page of changes.
     *
     * @param limit number of changes requested; if as many were found, there may be more
     * @param upTo position up to which changes were requested
     */
    public static <T> WatchPage of(List<T> changes, ToLongFunction<T> position, int limit, long upTo) {
        return of(changes, position, changes.size() < limit ? upTo : position.applyAsLong(changes.getLast()));
    }

    /**
     * Creates a page of changes.
     *
     * @param reached position up to which there are no other changes
     */
    static <T> WatchPage of(List<T> changes, ToLongFunction<T> position, long reached) {
        var events = changes.stream()
                .map(change -> StreamingResponseWriter.event("change", position.applyAsLong(change), change))
                .toList();
        return new WatchPage(events, changes.stream().map(position::applyAsLong).toList(), reached);
    }

    /** Creates a page that states that nothing changed up to a position. */
    static WatchPage bookmark(long position) {
        return new WatchPage(
                List.of(StreamingResponseWriter.event("bookmark", position, new BookmarkView(position))),
                List.of(position),
                position);
    }

    /** Returns this page without the events up to a position. */
    WatchPage after(long position) {
        int first = 0;
        while (first < positions.size() && positions.get(first) <= position) {
            first++;
        }
        return first == 0 ? this : part(first, positions.size(), reached);
    }

    /** Merges pages of different services by position, up to the position that all of them reach. */
    static WatchPage merge(List<WatchPage> pages) {
        if (pages.size() == 1) {
            return pages.getFirst();
        }
        long reached = pages.stream().mapToLong(WatchPage::reached).min().orElseThrow();
        var merged = new ArrayList<PositionedEvent>();
        for (var page : pages) {
            for (int i = 0; i < page.events.size() && page.positions.get(i) <= reached; i++) {
                merged.add(new PositionedEvent(page.positions.get(i), page.events.get(i)));
            }
        }
        merged.sort(Comparator.comparingLong(PositionedEvent::position));
        return new WatchPage(
                merged.stream().map(PositionedEvent::event).toList(),
                merged.stream().map(PositionedEvent::position).toList(),
                reached);
    }

    private WatchPage part(int from, int to, long upTo) {
        return new WatchPage(events.subList(from, to), positions.subList(from, to), upTo);
    }
}
