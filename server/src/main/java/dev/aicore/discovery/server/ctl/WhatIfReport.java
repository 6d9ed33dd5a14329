package dev.aicore.discovery.server.ctl;

import dev.aicore.discovery.server.whatif.TimeSpan;
import dev.aicore.discovery.server.whatif.WhatIfResult;
import dev.aicore.discovery.server.whatif.WhatIfResult.ServiceReplay;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a replay: its decisions, who would have been discovered, and when that differs from what happened. */
final class WhatIfReport {

    private static final int MAX_NAMES = 5;

    private final WhatIfResult result;
    private final List<ServiceReplay> services;
    private final int maxRows;

    /** @param maxRows maximum number of rows of each table */
    WhatIfReport(WhatIfResult result, List<ServiceReplay> services, int maxRows) {
        this.result = result;
        this.services = List.copyOf(services);
        this.maxRows = maxRows;
    }

    /** Returns the settings that were changed, in words. */
    static String settings(WhatIfResult result) {
        var names = result.own().differences(result.changed());
        return names.isEmpty()
                ? "the recorded settings"
                : names.stream()
                        .map(name -> name + "=" + result.changed().value(name) + " (recorded: "
                                + result.own().value(name) + ")")
                        .collect(Collectors.joining(", "));
    }

    /** Returns how many recorded decisions a replay made again. */
    static String decisions(WhatIfResult result) {
        return result.isIdentical()
                ? "identical to what happened, " + result.commonDecisions() + " decisions"
                : result.commonDecisions() + " of " + result.recordedDecisions()
                        + " recorded decisions at the same time, "
                        + (result.decidedDecisions() - result.commonDecisions()) + " others";
    }

    void print(PrintStream out) {
        out.println("From " + result.from() + " to " + result.to() + " under " + settings(result) + ": "
                + decisions(result) + ".");
        out.println();
        printInstances(out);
        printChanges(out);
    }

    private void printInstances(PrintStream out) {
        var table = new TextTable("SERVICE", "ID", "DISCOVERED", "WHAT IF", "APART", "PICKS", "WHAT IF");
        int rows = 0;
        int omitted = 0;
        for (var service : services) {
            for (var id : service.ids()) {
                if (rows < maxRows) {
                    rows++;
                    table.add(
                            service.service(),
                            id,
                            seconds(TimeSpan.total(service.recordedSpans(id))),
                            seconds(TimeSpan.total(service.decidedSpans(id))),
                            seconds(service.millisApart(id)),
                            percent(service.recordedPicks(id)),
                            percent(service.decidedPicks(id)));
                } else {
                    omitted++;
                }
            }
        }
        table.print(out);
        printOmitted(out, omitted, "instances");
    }

    private void printChanges(PrintStream out) {
        var table = new TextTable("AT", "SERVICE", "DISCOVERED", "WHAT IF", "DIFFERENCE");
        int rows = 0;
        int omitted = 0;
        for (var service : services) {
            var last = "";
            for (long at : service.changes()) {
                if (at >= result.to().toEpochMilli()) {
                    continue;
                }
                var difference = difference(service, at);
                boolean differs = !difference.isEmpty() || !last.isEmpty();
                last = difference;
                if (differs && rows < maxRows) {
                    rows++;
                    table.add(
                            Instant.ofEpochMilli(at),
                            service.service(),
                            count(service, at, true),
                            count(service, at, false),
                            difference.isEmpty() ? "none any more" : difference);
                } else if (differs) {
                    omitted++;
                }
            }
        }
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
            printOmitted(out, omitted, "changes");
        }
    }

    private static String count(ServiceReplay service, long at, boolean recorded) {
        long count = service.ids().stream()
                .filter(id -> TimeSpan.contains(recorded ? service.recordedSpans(id) : service.decidedSpans(id), at))
                .count();
        boolean panic = TimeSpan.contains(recorded ? service.recordedPanics() : service.decidedPanics(), at);
        return count + (panic ? " (panic)" : "");
    }

    private static String difference(ServiceReplay service, long at) {
        var more = new ArrayList<String>();
        var less = new ArrayList<String>();
        for (var id : service.ids()) {
            boolean was = TimeSpan.contains(service.recordedSpans(id), at);
            boolean would = TimeSpan.contains(service.decidedSpans(id), at);
            if (was && !would) {
                less.add(id);
            } else if (would && !was) {
                more.add(id);
            }
        }
        return (more.isEmpty() ? "" : "with " + names(more))
                + (more.isEmpty() || less.isEmpty() ? "" : ", ")
                + (less.isEmpty() ? "" : "without " + names(less));
    }

    private static String names(List<String> ids) {
        int shown = Math.min(ids.size(), MAX_NAMES);
        return String.join(" ", ids.subList(0, shown))
                + (ids.size() > shown ? " and " + (ids.size() - shown) + " more" : "");
    }

    private static void printOmitted(PrintStream out, int omitted, String what) {
        if (omitted > 0) {
            out.println("and " + omitted + " more " + what + "; --rows shows more, --service fewer services");
        }
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
