package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.HistoryEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes one stretch of two over the same positions, each as far as it goes. */
final class Merge {

    private Merge() {}

    static Stretch of(Stretch one, Stretch other, Order order, int most) {
        long common = order.nearer(ends(one, order), ends(other, order));
        var merged = new ArrayList<HistoryEntry>(one.entries());
        merged.addAll(other.entries());
        merged.removeIf(entry -> order.isBeyond(entry.position(), common));
        merged.sort(Comparator.comparing(HistoryEntry::position, order.comparator()));
        boolean isLast = one.isLast() && other.isLast();
        if (merged.size() <= most) {
            return new Stretch(merged, common, isLast);
        }
        int taken = whole(merged, most);
        return new Stretch(
                merged.subList(0, taken), merged.get(taken - 1).position(), isLast && taken == merged.size());
    }

    private static long ends(Stretch stretch, Order order) {
        return stretch.isLast() ? order.opposite().start() : stretch.reached();
    }

    /** So many, and those that have the position of the last of them. */
    private static int whole(List<HistoryEntry> entries, int most) {
        int taken = most;
        while (taken < entries.size()
                && entries.get(taken).position() == entries.get(taken - 1).position()) {
            taken++;
        }
        return taken;
    }
}
