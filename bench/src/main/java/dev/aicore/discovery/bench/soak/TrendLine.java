package dev.aicore.discovery.bench.soak;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Least-squares line through the samples of a quantity after the warm-up. The interval is that of independent samples;
 * those of a process are not quite, so that a leak is a growth whose whole interval is above the bound.
 *
 * @param median median of the samples
 * @param perHour growth per hour
 * @param error half of the 95 % confidence interval of the growth; infinite with less than three samples
 */
record TrendLine(double median, double perHour, double error) {

    private static final int MINUTES_PER_HOUR = 60;

    /** Fits the line. */
    static TrendLine of(SoakSample.Quantity quantity, List<SoakSample> samples) {
        var regression = new SimpleRegression();
        samples.forEach(sample -> regression.addData(sample.minute() / MINUTES_PER_HOUR, quantity.of(sample)));
        var values = samples.stream().mapToDouble(quantity::of).toArray();
        boolean isFitted = values.length > 2;
        boolean isConstant = Arrays.stream(values).distinct().count() < 2;
        return new TrendLine(
                new Median().evaluate(values),
                isConstant || !isFitted ? 0 : regression.getSlope(),
                !isFitted ? Double.POSITIVE_INFINITY : isConstant ? 0 : regression.getSlopeConfidenceInterval());
    }

    /** Returns true if the quantity certainly grows by more than that share of its median per hour. */
    boolean growsBeyond(double maxPerHour) {
        return perHour - error > maxPerHour * median;
    }
}
