package dev.aicore.discovery.server.whatif;

import java.util.List;

/**
 * Time from one instant to another, epoch milliseconds.
 *
 * @param from start
 * @param to end, after the start
 */
public record TimeSpan(long from, long to) {

    /** Returns the total milliseconds of spans that don't overlap. */
    public static long total(List<TimeSpan> spans) {
        return spans.stream().mapToLong(span -> span.to - span.from).sum();
    }

    /** Returns the milliseconds that two ordered lists of spans have in common. */
    public static long common(List<TimeSpan> one, List<TimeSpan> other) {
        long common = 0;
        int i = 0;
        int j = 0;
        while (i < one.size() && j < other.size()) {
            var a = one.get(i);
            var b = other.get(j);
            common += Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
            if (a.to < b.to) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }

    /** Returns true if one of the spans contains a time. */
    public static boolean contains(List<TimeSpan> spans, long at) {
        return spans.stream().anyMatch(span -> span.from <= at && at < span.to);
    }
}
