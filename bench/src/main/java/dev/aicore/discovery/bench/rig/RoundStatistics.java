package dev.aicore.discovery.bench.rig;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Values of one figure over several rounds.
 *
 * @param sorted at least one value, lowest first
 */
public record RoundStatistics(List<Double> sorted) {

    /** Creates the statistics of a figure of each round. */
    public static <T> RoundStatistics of(Collection<T> rounds, ToDoubleFunction<? super T> figure) {
        return new RoundStatistics(
                rounds.stream().mapToDouble(figure).sorted().boxed().toList());
    }

    /** Creates the statistics of a single round. */
    public static RoundStatistics of(double figure) {
        return new RoundStatistics(List.of(figure));
    }

    /** Returns the median; of an even number of values the upper one. */
    public double median() {
        return sorted.get(sorted.size() / 2);
    }

    /** Returns the lowest value. */
    public double min() {
        return sorted.getFirst();
    }

    /** Returns the highest value. */
    public double max() {
        return sorted.getLast();
    }

    /** Returns the values multiplied by a factor. */
    public RoundStatistics times(double factor) {
        return of(sorted, figure -> figure * factor);
    }

    /**
     * Returns the median, with the range if there is more than one value.
     *
     * @param format format of each value, such as {@code %,.0f}
     */
    public String words(String format) {
        return sorted.size() == 1
                ? format.formatted(median())
                : "%s (%s – %s)"
                        .formatted(format.formatted(median()), format.formatted(min()), format.formatted(max()));
    }
}
