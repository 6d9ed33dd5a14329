package dev.aicore.discovery.server.whatif;

import dev.aicore.discovery.server.whatif.WhatIfResult.ServiceReplay;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Draws a replay as SVG: two bars per instance, above when it was discovered, below when it would have been. Ids and
 * names of services need no escaping.
 */
public final class WhatIfPicture {

    private static final int MAX_ROWS = 200;
    private static final int MAX_LABEL = 40;
    private static final int LEFT = 300;
    private static final int WIDTH = 900;
    private static final int ROW = 22;
    private static final int TOP = 70;
    private static final String RECORDED = "#1565c0";
    private static final String DECIDED = "#ef6c00";
    private static final String PANIC = "#ffcdd2";

    private final WhatIfResult result;
    private final StringBuilder svg = new StringBuilder();
    private int y = TOP;

    private WhatIfPicture(WhatIfResult result) {
        this.result = result;
    }

    /**
     * Draws some services of a result. Instances with differences come first; at most 200 are drawn.
     *
     * @param title names the settings of the replay
     */
    public static String draw(WhatIfResult result, List<ServiceReplay> services, String title) {
        return new WhatIfPicture(result).draw(services, title);
    }

    private String draw(List<ServiceReplay> services, String title) {
        int rows = 0;
        int omitted = 0;
        for (var service : services) {
            var ids = service.ids().stream()
                    .sorted(Comparator.comparingLong(service::millisApart).reversed())
                    .toList();
            int drawn = Math.min(ids.size(), MAX_ROWS - rows);
            omitted += ids.size() - drawn;
            rows += drawn;
            if (drawn > 0) {
                drawService(service, ids.subList(0, drawn));
            }
        }
        if (omitted > 0) {
            text(10, y + ROW - 6, "and " + omitted + " more instances", "start");
            y += ROW;
        }
        return head(title) + svg + "</svg>\n";
    }

    private String head(String title) {
        var head = String.format(Locale.ROOT, """
            <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
            <title>%s</title>
            <rect width="100%%" height="100%%" fill="white"/>
            <text x="10" y="20" font-weight="bold">%s</text>
            """, LEFT + WIDTH + 20, y + 10, escaped(title), escaped(title));
        return head
                + legend(10, RECORDED, "was discovered")
                + legend(160, DECIDED, "would have been discovered")
                + legend(380, PANIC, "panic: unhealthy instances, too")
                + textOf(LEFT, TOP - 10, result.from().toString(), "start")
                + textOf(LEFT + WIDTH, TOP - 10, result.to().toString(), "end");
    }

    private static String legend(int x, String colour, String words) {
        return String.format(
                        Locale.ROOT, "<rect x=\"%d\" y=\"32\" width=\"12\" height=\"12\" fill=\"%s\"/>\n", x, colour)
                + textOf(x + 16, 42, words, "start");
    }

    private void drawService(ServiceReplay service, List<String> ids) {
        text(10, y + ROW - 6, label(service.service()), "start");
        int height = ROW * (ids.size() + 1);
        service.recordedPanics().forEach(span -> bar(span, y, height / 2, PANIC, "was in panic"));
        service.decidedPanics()
                .forEach(span -> bar(span, y + height / 2, height / 2, PANIC, "would have been in panic"));
        y += ROW;
        for (var id : ids) {
            text(24, y + ROW - 6, label(id), "start");
            service.recordedSpans(id).forEach(span -> bar(span, y + 2, ROW / 2 - 3, RECORDED, "was discovered"));
            service.decidedSpans(id)
                    .forEach(span -> bar(span, y + ROW / 2 + 1, ROW / 2 - 3, DECIDED, "would have been discovered"));
            y += ROW;
        }
    }

    private void bar(TimeSpan span, int top, int height, String colour, String words) {
        double from = x(span.from());
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\">"
                        + "<title>%s from %s to %s</title></rect>\n",
                from,
                top,
                Math.max(0.5, x(span.to()) - from),
                height,
                colour,
                words,
                Instant.ofEpochMilli(span.from()),
                Instant.ofEpochMilli(span.to())));
    }

    private double x(long at) {
        long begin = result.from().toEpochMilli();
        double length = Math.max(1, result.to().toEpochMilli() - begin);
        return LEFT + WIDTH * (at - begin) / length;
    }

    private void text(int x, int baseline, String words, String anchor) {
        svg.append(textOf(x, baseline, words, anchor));
    }

    private static String textOf(int x, int baseline, String words, String anchor) {
        return String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n", x, baseline, anchor, words);
    }

    private static String label(String id) {
        return id.length() <= MAX_LABEL ? id : id.substring(0, MAX_LABEL - 1) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
