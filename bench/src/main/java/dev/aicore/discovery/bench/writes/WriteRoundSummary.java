package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.RoundStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What rounds came to, for one thing that happened.
 *
 * @param perSecond of each round
 * @param jvmMicros CPU of this process, the load's own included
 * @param postgresMicros CPU of PostgreSQL
 * @param loadMicros CPU that the load takes when nobody does anything about it; 0 if that isn't known
 * @param diskBytes growth of all tables and indexes
 * @param walBytes write-ahead log
 * @param perEvent things in one event; 0 if that isn't known
 * @param counted what happened in all rounds
 * @param errors of all rounds
 */
record WriteRoundSummary(
        RoundStatistics perSecond,
        double p50Millis,
        double bestP99Millis,
        double jvmMicros,
        double postgresMicros,
        double loadMicros,
        double diskBytes,
        double walBytes,
        double perEvent,
        long counted,
        long errors) {

    static WriteRoundSummary of(List<WriteRound> rounds, double loadMicros) {
        return new WriteRoundSummary(
                RoundStatistics.of(rounds, WriteRound::perSecond),
                median(rounds, writeRound -> writeRound.answers().millis(0.5)),
                RoundStatistics.of(rounds, round -> round.answers().millis(0.99))
                        .min(),
                median(rounds, round -> round.each(round.cost().jvmNanos()) / 1e3),
                median(rounds, round -> round.each(round.cost().postgresNanos()) / 1e3),
                loadMicros,
                median(rounds, round -> round.each(round.cost().diskBytes())),
                median(rounds, round -> round.each(round.cost().walBytes())),
                median(
                        rounds,
                        round -> round.cost().events() == 0
                                ? 0
                                : 1 / round.each(round.cost().events())),
                rounds.stream().mapToLong(round -> round.answers().good()).sum(),
                rounds.stream().mapToLong(round -> round.answers().bad()).sum());
    }

    double medianPerSecond() {
        return perSecond.median();
    }

    /** CPU for one thing without what the load itself takes. */
    double micros() {
        return jvmMicros - loadMicros + postgresMicros;
    }

    private static double median(List<WriteRound> rounds, ToDoubleFunction<WriteRound> figure) {
        return RoundStatistics.of(rounds, figure).median();
    }
}
