package dev.aicore.discovery.bench.history;

import dev.aicore.discovery.bench.rig.RoundStatistics;

/**
 * Measurements with a number of facts.
 *
 * @param catchUp seconds from the start of the process until the running projections have folded all new facts
 * @param now milliseconds of a read of one service at present
 * @param then milliseconds of a read of one service at half the history
 * @param page milliseconds of an audit page at any depth
 * @param ofService milliseconds of an audit page of one service at any depth
 * @param rebuild seconds of a rebuild of all read models
 */
record HistoryMeasurement(
        long facts,
        double catchUp,
        RoundStatistics now,
        RoundStatistics then,
        RoundStatistics page,
        RoundStatistics ofService,
        double rebuild) {

    static final String HEADER = """
            | facts | one service now, ms | the same at=, ms | ratio | audit page, ms (p99) | of one service, ms (p99) | rebuild of all, s | facts/s |
            |---|---|---|---|---|---|---|---|""";

    double ratio() {
        return then.median() / now.median();
    }

    double factsPerSecond() {
        return facts / rebuild;
    }

    @Override
    public String toString() {
        return "| %,d | %.2f | %.2f | %.2f | %.2f (%.2f) | %.2f (%.2f) | %.1f | %,.0f |"
                .formatted(
                        facts,
                        now.median(),
                        then.median(),
                        ratio(),
                        page.median(),
                        SequentialRequestTimer.p99(page),
                        ofService.median(),
                        SequentialRequestTimer.p99(ofService),
                        rebuild,
                        factsPerSecond());
    }
}
