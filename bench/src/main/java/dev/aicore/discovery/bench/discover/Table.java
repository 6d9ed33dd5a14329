package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.rig.Goal;
import dev.aicore.discovery.bench.rig.Spread;
import java.util.ArrayList;
import java.util.List;

/** Gathers the rows of one scenario. */
final class Table {

    private static final double LEAST_PERCENT_HIT = 99;

    private final String scenario;
    private final String unit;
    private final String load;
    private final List<Row> rows = new ArrayList<>();

    Table(String scenario, String unit, String load) {
        this.scenario = scenario;
        this.unit = unit;
        this.load = load;
    }

    /** @param base with which the median is compared; 0 if with nothing */
    void add(Contestant contestant, Summary rounds, double base, List<Goal> goals) {
        add(contestant, unit, rounds, base, goals);
    }

    /** The same in another unit than the table's. */
    void add(Contestant contestant, String unit, Summary rounds, double base, List<Goal> goals) {
        rows.add(new Row(
                scenario,
                contestant.name(),
                unit,
                contestant.isOurs(),
                rounds.perSecond(),
                base == 0 ? 0 : rounds.median() / base,
                rounds,
                load,
                goals));
    }

    /** Shows how long single things took: the figure is the median of the rounds' medians. */
    void addTimes(String what, boolean isOurs, Summary times, Goal... goals) {
        addTimes(what, isOurs, times, 0, goals);
    }

    /** @param base with which it is compared; 0 if with nothing */
    void addTimes(String what, boolean isOurs, Summary times, double base, Goal... goals) {
        double p50 = times.p50Millis();
        rows.add(new Row(
                scenario, what, unit, isOurs, Spread.of(p50), base == 0 ? 0 : p50 / base, times, load, List.of(goals)));
    }

    void add(String what, boolean isOurs, Spread figure, Goal... goals) {
        rows.add(new Row(scenario, what, unit, isOurs, figure, 0, null, load, List.of(goals)));
    }

    void add(String what, String unit, Spread figure) {
        rows.add(new Row(scenario, what, unit, true, figure, 0, null, load, List.of()));
    }

    void add(String what, String unit, double figure, Goal... goals) {
        rows.add(Row.of(scenario, what, unit, figure, load, goals));
    }

    /** Nothing where the server doesn't tell them. */
    void add(CacheLookups lookups) {
        if (lookups.areTold()) {
            double hit = lookups.percentHit();
            add(
                    "services found in memory",
                    "%",
                    hit,
                    new Goal("> %.0f %%".formatted(LEAST_PERCENT_HIT), hit > LEAST_PERCENT_HIT));
        }
    }

    List<Row> rows() {
        return rows;
    }
}
