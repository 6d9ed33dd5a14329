package dev.aicore.discovery.bench.rig;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One figure of several rounds.
 *
 * @param sorted at least one, lowest first
 */
public record RoundStatistics(List<Double> sorted) {

    /** Takes a figure of each round. */
    public static <T> RoundStatistics of(Collection<T> rounds, ToDoubleFunction<? super T> figure) {
        return new RoundStatistics(
                rounds.stream().mapToDouble(figure).sorted().boxed().toList());
    }

    /** That of a single round. */
    public static RoundStatistics of(double figure) {
        return new RoundStatistics(List.of(figure));
    }

    /** The one in the middle; the higher of two. */
    public double median() {
        return sorted.get(sorted.size() / 2);
    }

    /** The lowest. */
    public double min() {
        return sorted.getFirst();
    }

    /** The highest. */
    public double max() {
        return sorted.getLast();
    }

    /** The same of something that each of them holds so many times. */
    public RoundStatistics times(double factor) {
        return of(sorted, figure -> figure * factor);
    }

    /**
     * The median, and from where to where they go if there are more than one.
     *
     * @param format of each, such as {@code %,.0f}
     */
    public String words(String format) {
        return sorted.size() == 1
                ? format.formatted(median())
                : "%s (%s – %s)"
                        .formatted(format.formatted(median()), format.formatted(min()), format.formatted(max()));
    }
}
