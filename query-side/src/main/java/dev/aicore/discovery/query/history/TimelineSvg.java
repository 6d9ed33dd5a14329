package dev.aicore.discovery.query.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.web.ApiJson;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Draws the timeline of a service: instances as rows, time from left to right, status as colour. Each span has a title,
 * so that colour isn't the only information. Ids and names of services need no escaping.
 */
final class TimelineSvg {

    private static final int MAX_ROWS = 200;
    private static final int MAX_LABEL = 40;
    private static final int LEFT = 300;
    private static final int WIDTH = 900;
    private static final int ROW = 20;
    private static final int TOP = 60;

    private TimelineSvg() {}

    static String of(String service, TimeWindow timeWindow, List<StatusSpan> spans) {
        var rows = spans.stream().collect(groupingBy(StatusSpan::id, TreeMap::new, toList()));
        int shown = Math.min(rows.size(), MAX_ROWS);
        var svg = new StringBuilder(1_000 + 200 * spans.size());
        int height = TOP + ROW * (shown + 2);
        svg.append(String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
                <title>%s from %s to %s</title>
                <rect width="100%%" height="100%%" fill="white"/>
                """,
                LEFT + WIDTH + 20,
                height,
                service,
                ApiJson.format(timeWindow.from()),
                ApiJson.format(timeWindow.to())));
        legend(svg);
        text(svg, LEFT, TOP - 10, ApiJson.format(timeWindow.from()), "start");
        text(svg, LEFT + WIDTH, TOP - 10, ApiJson.format(timeWindow.to()), "end");
        int row = 0;
        for (var instance : rows.entrySet()) {
            if (row < shown) {
                row(svg, TOP + ROW * row, instance.getKey(), timeWindow, instance.getValue());
                row++;
            }
        }
        if (rows.isEmpty()) {
            text(svg, 10, TOP + ROW, "No instance of " + service + " was present.", "start");
        }
        if (rows.size() > shown) {
            text(svg, 10, TOP + ROW * (shown + 1), "and " + (rows.size() - shown) + " more", "start");
        }
        return svg.append("</svg>\n").toString();
    }

    private static void legend(StringBuilder svg) {
        int x = 10;
        for (var instanceStatus : InstanceStatus.values()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"10\" width=\"12\" height=\"12\" fill=\"%s\"/>\n",
                    x,
                    colour(instanceStatus)));
            text(svg, x + 16, 21, instanceStatus.jsonName(), "start");
            x += 110;
        }
    }

    private static void row(StringBuilder svg, int y, String id, TimeWindow timeWindow, List<StatusSpan> spans) {
        text(svg, 10, y + ROW - 6, label(id), "start");
        for (var statusSpan : spans) {
            var instanceStatus = statusSpan.status();
            if (instanceStatus != null) {
                double from = x(timeWindow, timeWindow.seconds(), statusSpan, true);
                double to = x(timeWindow, timeWindow.seconds(), statusSpan, false);
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\">"
                                + "<title>%s %s to %s</title></rect>\n",
                        from,
                        y + 2,
                        Math.max(0.5, to - from),
                        ROW - 4,
                        colour(instanceStatus),
                        instanceStatus.jsonName(),
                        ApiJson.format(statusSpan.from()),
                        ApiJson.format(statusSpan.to())));
            }
        }
    }

    private static double x(TimeWindow timeWindow, double length, StatusSpan statusSpan, boolean atStart) {
        var instant = atStart ? statusSpan.from() : statusSpan.to();
        return LEFT + WIDTH * TimeWindow.seconds(timeWindow.from(), instant) / length;
    }

    private static String label(String id) {
        return id.length() <= MAX_LABEL ? id : id.substring(0, MAX_LABEL - 1) + "…";
    }

    private static void text(StringBuilder svg, int x, int y, String text, String anchor) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, text));
    }

    private static String colour(InstanceStatus instanceStatus) {
        return switch (instanceStatus) {
            case HEALTHY -> "#2e7d32";
            case UNHEALTHY -> "#c62828";
            case STARTING -> "#fbc02d";
            case EXPIRED -> "#6d4c41";
            case MAINTENANCE -> "#1565c0";
            case DRAINING -> "#64b5f6";
            case EJECTED -> "#ef6c00";
        };
    }
}
