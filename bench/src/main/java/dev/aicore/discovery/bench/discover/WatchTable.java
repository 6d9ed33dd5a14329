package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.discover.Summary.Measured;
import dev.aicore.discovery.bench.discover.Watch.Beside;
import dev.aicore.discovery.bench.discover.Watch.Footprint;
import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Spread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what was measured of watching into rows. */
final class WatchTable {

    private static final String NAME = "watch";
    private static final double MOST_MEGABYTES = 100;
    private static final double MOST_MILLIS = 150;

    private final Size size;
    private final String load;

    WatchTable(Size size, String load) {
        this.size = size;
        this.load = load;
    }

    /**
     * All of them.
     *
     * @param before without anybody who watches
     * @param after with those who are idle
     */
    List<Row> of(Footprint before, Footprint after, List<Beside> rounds) {
        var idle = "growth by %,d idle watchers of %,d services: "
                .formatted(size.watching().idle(), size.usual().services());
        return List.of(
                growth(idle + "the server's process", before.resident(), after.resident()),
                growth(idle + "objects that are alive", before.live(), after.live()),
                events(rounds),
                row("the longest of them", "ms", Spread.of(rounds, Beside::longestMillis), null),
                heartbeats(rounds));
    }

    private Row growth(String what, double before, double after) {
        double growth = after - before;
        boolean isMet = before > 0 && growth <= MOST_MEGABYTES;
        return Row.of(NAME, what, "MB", growth, load, new Goal("≤ %.0f MB".formatted(MOST_MEGABYTES), isMet));
    }

    private Row events(List<Beside> rounds) {
        var told = Summary.of(rounds.stream()
                .map(round -> new Measured(round.told().round(), 0))
                .toList());
        return row(
                "a change to its %,d watchers, %,d heartbeats/s beside"
                        .formatted(size.watching().each(), size.watching().heartbeats()),
                "ms, p99",
                Spread.of(rounds, Beside::p99Millis),
                told,
                new Goal("no errors", told.errors() == 0),
                new Goal("p99 ≤ %.0f ms".formatted(MOST_MILLIS), told.bestP99Millis() <= MOST_MILLIS));
    }

    private Row heartbeats(List<Beside> rounds) {
        var heartbeats =
                Summary.of(rounds.stream().map(Beside::heartbeats).toList()).of(size.batch());
        return row(
                "heartbeats beside, %,d in a request (CPU of all)".formatted(size.batch()),
                "heartbeats/s",
                heartbeats.perSecond(),
                heartbeats,
                new Goal("no errors", heartbeats.errors() == 0));
    }

    private Row row(String what, String unit, Spread figure, @Nullable Summary rounds, Goal... goals) {
        return new Row(NAME, what, unit, true, figure, 0, rounds, load, List.of(goals));
    }
}
