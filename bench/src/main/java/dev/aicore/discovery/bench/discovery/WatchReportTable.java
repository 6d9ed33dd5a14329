package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.discovery.RoundSummary.Measured;
import dev.aicore.discovery.bench.discovery.WatchScenario.Beside;
import dev.aicore.discovery.bench.discovery.WatchScenario.Footprint;
import dev.aicore.discovery.bench.rig.RoundStatistics;
import dev.aicore.discovery.bench.rig.Threshold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts the results of the watch scenario to rows. */
final class WatchReportTable {

    private static final String NAME = "watch";
    private static final double MAX_MEGABYTES = 100;
    private static final double MAX_MILLIS = 150;

    private final DiscoverBenchSize discoverBenchSize;
    private final String load;

    WatchReportTable(DiscoverBenchSize discoverBenchSize, String load) {
        this.discoverBenchSize = discoverBenchSize;
        this.load = load;
    }

    /**
     * Returns all rows.
     *
     * @param before memory without watchers
     * @param after memory with idle watchers
     */
    List<DiscoverReportRow> of(Footprint before, Footprint after, List<Beside> rounds) {
        var idle = "growth by %,d idle watchers of %,d services: "
                .formatted(
                        discoverBenchSize.watching().idle(),
                        discoverBenchSize.usual().services());
        return List.of(
                growth(idle + "server process", before.resident(), after.resident()),
                growth(idle + "live objects", before.live(), after.live()),
                events(rounds),
                row("longest delay", "ms", RoundStatistics.of(rounds, Beside::longestMillis), null),
                heartbeats(rounds));
    }

    private DiscoverReportRow growth(String what, double before, double after) {
        double growth = after - before;
        boolean isMet = before > 0 && growth <= MAX_MEGABYTES;
        return DiscoverReportRow.of(
                NAME, what, "MB", growth, load, new Threshold("≤ %.0f MB".formatted(MAX_MEGABYTES), isMet));
    }

    private DiscoverReportRow events(List<Beside> rounds) {
        var summary = RoundSummary.of(rounds.stream()
                .map(round -> new Measured(round.told().round(), 0))
                .toList());
        return row(
                "a change to its %,d watchers, during %,d heartbeats/s"
                        .formatted(
                                discoverBenchSize.watching().each(),
                                discoverBenchSize.watching().heartbeats()),
                "ms, p99",
                RoundStatistics.of(rounds, Beside::p99Millis),
                summary,
                new Threshold("no errors", summary.errors() == 0),
                new Threshold("p99 ≤ %.0f ms".formatted(MAX_MILLIS), summary.bestP99Millis() <= MAX_MILLIS));
    }

    private DiscoverReportRow heartbeats(List<Beside> rounds) {
        var heartbeats = RoundSummary.of(rounds.stream().map(Beside::heartbeats).toList())
                .of(discoverBenchSize.batch());
        return row(
                "concurrent heartbeats, %,d per request (CPU of all)".formatted(discoverBenchSize.batch()),
                "heartbeats/s",
                heartbeats.perSecond(),
                heartbeats,
                new Threshold("no errors", heartbeats.errors() == 0));
    }

    private DiscoverReportRow row(
            String what, String unit, RoundStatistics figure, @Nullable RoundSummary rounds, Threshold... goals) {
        return new DiscoverReportRow(NAME, what, unit, true, figure, 0, rounds, load, List.of(goals));
    }
}
