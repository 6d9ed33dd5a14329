package dev.aicore.discovery.bench.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the figures as horizontal bars. Each scenario has its own scale; the ratio is at the end of the bar. */
final class BarChart {

    private static final int WIDTH = 960;
    private static final int MARGIN = 16;
    private static final int LABELS = 380;
    private static final int FIGURES = 170;
    private static final int TITLE = 30;
    private static final int STEP = 26;
    private static final int BAR = 18;
    private static final int MAX = WIDTH - 2 * MARGIN - LABELS - FIGURES;

    private final StringBuilder svg = new StringBuilder();
    private int y = MARGIN;

    private BarChart() {}

    /** Returns an SVG of the rows that come from rounds of load; a valid SVG without bars if there are none. */
    static String of(List<DiscoverReportRow> rows) {
        Map<String, List<DiscoverReportRow>> scenarios = new LinkedHashMap<>();
        rows.stream()
                .filter(discoverReportRow -> discoverReportRow.rounds() != null)
                .forEach(row -> scenarios
                        .computeIfAbsent(row.scenario() + ", " + row.unit(), _ -> new ArrayList<>())
                        .add(row));
        var barChart = new BarChart();
        scenarios.forEach(barChart::scenario);
        return barChart.whole();
    }

    private void scenario(String title, List<DiscoverReportRow> rows) {
        y += TITLE;
        text(MARGIN, y - 10, "title", title);
        double max = rows.stream()
                .mapToDouble(discoverReportRow -> discoverReportRow.figure().median())
                .max()
                .orElse(1);
        for (var row : rows) {
            bar(row, max);
        }
    }

    private void bar(DiscoverReportRow discoverReportRow, double max) {
        double figure = discoverReportRow.figure().median();
        double length = max == 0 ? 0 : MAX * figure / max;
        int left = MARGIN + LABELS;
        int base = y + BAR - 5;
        text(MARGIN, base, "label", discoverReportRow.what());
        // The root locale, because SVG numbers need a decimal point.
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" class=\"%s\"/>\n",
                left,
                y,
                length,
                BAR,
                discoverReportRow.isOurs() ? "ours" : "other"));
        var ratio = discoverReportRow.ratio() == 0 ? "" : " (%.2f)".formatted(discoverReportRow.ratio());
        text((int) (left + length + 6), base, "figure", "%,.0f%s".formatted(figure, ratio));
        y += STEP;
    }

    private void text(int x, int baseline, String kind, String words) {
        svg.append("<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n".formatted(x, baseline, kind, escaped(words)));
    }

    private String whole() {
        int height = y + MARGIN;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" aria-label="Throughput of the servers">
                <style>
                text { font: 13px system-ui, sans-serif; fill: #24292f }
                .title { font-weight: 600 }
                .figure { fill: #57606a }
                .ours { fill: #0969da }
                .other { fill: #afb8c1 }
                </style>
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                %s</svg>
                """.formatted(WIDTH, height, WIDTH, height, svg);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
