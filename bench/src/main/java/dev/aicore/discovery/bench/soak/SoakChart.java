package dev.aicore.discovery.bench.soak;

import dev.aicore.discovery.bench.soak.SoakSample.Quantity;
import java.util.List;
import java.util.Locale;

/** Draws each quantity over time, with its line after the warm-up, in a panel of its own from 0. */
final class SoakChart {

    private static final int WIDTH = 960;
    private static final int PANEL = 110;
    private static final int TITLE = 24;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
    private static final int PLOT_HEIGHT = PANEL - TITLE - 14;

    private final StringBuilder svg = new StringBuilder();
    private final List<SoakSample> samples;
    private final double minutes;

    private SoakChart(List<SoakSample> samples) {
        this.samples = samples;
        this.minutes = samples.isEmpty() ? 1 : Math.max(samples.getLast().minute(), 0.1);
    }

    /** Returns an SVG. */
    static String of(SoakReport report, List<SoakSample> samples) {
        var chart = new SoakChart(samples);
        int top = 0;
        for (var quantity : Quantity.values()) {
            chart.panel(quantity, TrendLine.of(quantity, report.warm()), top);
            top += PANEL;
        }
        int height = top + TITLE;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="Resources of the registry over time">
                <style>
                text { font: 13px system-ui, sans-serif; fill: #24292f }
                .title { font-weight: 600 }
                .axis { stroke: #d0d7de }
                .measured { fill: none; stroke: #0969da; stroke-width: 1.5 }
                .trend { stroke: #cf222e; stroke-dasharray: 5 4 }
                </style>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                %s<text x="%d" y="%d">%.0f minutes</text>
                </svg>
                """.formatted(WIDTH, height, WIDTH, height, chart.svg, LEFT, height - 8, chart.minutes);
    }

    private void panel(Quantity quantity, TrendLine line, int top) {
        double max = samples.stream().mapToDouble(quantity::of).max().orElse(1) * 1.1;
        double scale = max == 0 ? 1 : max;
        int base = top + TITLE + PLOT_HEIGHT;
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" class=\"title\">%s</text>\n",
                LEFT,
                top + TITLE - 6,
                quantity.title()));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"8\" y=\"%d\">%,.0f</text>\n<text x=\"8\" y=\"%d\">0</text>\n",
                top + TITLE + 10,
                scale,
                base));
        svg.append(String.format(Locale.ROOT, "<path class=\"axis\" d=\"M%d %dH%d\"/>\n", LEFT, base, WIDTH - RIGHT));
        var path = new StringBuilder();
        for (var sample : samples) {
            path.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    path.isEmpty() ? "M" : "L",
                    x(sample.minute()),
                    y(base, quantity.of(sample), scale)));
        }
        svg.append(String.format(Locale.ROOT, "<path class=\"measured\" d=\"%s\"/>\n", path));
        trend(quantity, line, base, scale);
    }

    /** Draws the line through the mean of the warm samples. */
    private void trend(Quantity quantity, TrendLine line, int base, double scale) {
        var warm = new SoakReport(samples).warm();
        if (warm.isEmpty()) {
            return;
        }
        double middle = warm.stream().mapToDouble(SoakSample::minute).average().orElse(0);
        double mean = warm.stream().mapToDouble(quantity::of).average().orElse(0);
        double from = warm.getFirst().minute();
        double to = warm.getLast().minute();
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"trend\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                x(from),
                y(base, mean + (from - middle) * line.perHour() / 60, scale),
                x(to),
                y(base, mean + (to - middle) * line.perHour() / 60, scale)));
    }

    private double x(double minute) {
        return LEFT + PLOT_WIDTH * minute / minutes;
    }

    private static double y(int base, double value, double scale) {
        return base - PLOT_HEIGHT * value / scale;
    }
}
