package dev.aicore.discovery.bench.history;

import dev.aicore.discovery.bench.rig.RoundStatistics;

/**
 * What was measured with so many facts.
 *
 * @param catchUp seconds in which the running projections folded what was new to them, from the start of the process
 * @param now milliseconds of one service at present
 * @param then milliseconds of one service half the past ago
 * @param page milliseconds of a page of the audit, anywhere in it
 * @param ofService milliseconds of a page of the audit of one service, anywhere in it
 * @param rebuild seconds of a rebuild of all models
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
