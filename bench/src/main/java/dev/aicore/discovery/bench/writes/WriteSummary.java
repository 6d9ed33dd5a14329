package dev.aicore.discovery.bench.writes;

import dev.aicore.discovery.bench.rig.RoundStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Summary of rounds, per observation or other operation.
 *
 * @param perSecond rate of each round
 * @param jvmMicros CPU microseconds of this process, including the load generator
 * @param postgresMicros CPU microseconds of PostgreSQL
 * @param loadMicros CPU microseconds of the load generator alone; 0 if unknown
 * @param diskBytes growth of all tables and indexes
 * @param walBytes bytes of write-ahead log
 * @param perEvent operations per event; 0 if unknown
 * @param counted number of operations of all rounds
 * @param errors number of errors of all rounds
 */
record WriteSummary(
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

    static WriteSummary of(List<WriteRound> rounds, double loadMicros) {
        return new WriteSummary(
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

    /** Returns the CPU microseconds per operation without those of the load generator. */
    double micros() {
        return jvmMicros - loadMicros + postgresMicros;
    }

    private static double median(List<WriteRound> rounds, ToDoubleFunction<WriteRound> figure) {
        return RoundStatistics.of(rounds, figure).median();
    }
}
