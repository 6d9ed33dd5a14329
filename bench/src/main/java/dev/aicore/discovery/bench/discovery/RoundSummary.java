package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import dev.aicore.discovery.bench.rig.RoundStatistics;
import java.util.List;

/**
 * Summary of rounds.
 *
 * @param bestP99Millis p99 of the best round, because the others include disturbances by the machine
 * @param bestP999Millis p999 of the best round
 * @param cpuMicros CPU microseconds of the server's process per answer; 0 if unknown, or shared with other work
 * @param counted good answers of all rounds
 * @param errors errors of all rounds
 * @param warmUp preceding warm-up; {@link WarmUpDetector#NONE} if there was none, or in another scenario
 */
record RoundSummary(
        RoundStatistics perSecond,
        double p50Millis,
        double bestP99Millis,
        double bestP999Millis,
        double cpuMicros,
        long counted,
        long errors,
        WarmUpDetector warmUp) {

    /** @param cpuNanos CPU time of the server's process during the round */
    record Measured(LoadRound round, long cpuNanos) {

        double cpuMicros() {
            return cpuNanos / 1e3 / Math.max(1, round.answers());
        }
    }

    static RoundSummary of(List<Measured> rounds) {
        return new RoundSummary(
                RoundStatistics.of(rounds, measured -> measured.round().perSecond()),
                RoundStatistics.of(rounds, measured -> measured.round().p50Millis())
                        .median(),
                RoundStatistics.of(rounds, measured -> measured.round().p99Millis())
                        .min(),
                RoundStatistics.of(rounds, measured -> measured.round().p999Millis())
                        .min(),
                RoundStatistics.of(rounds, Measured::cpuMicros).median(),
                rounds.stream()
                        .mapToLong(measured -> measured.round().answers())
                        .sum(),
                rounds.stream().mapToLong(measured -> measured.round().errors()).sum(),
                WarmUpDetector.NONE);
    }

    double median() {
        return perSecond.median();
    }

    /** Returns this summary with its warm-up. */
    RoundSummary after(WarmUpDetector before) {
        return new RoundSummary(
                perSecond, p50Millis, bestP99Millis, bestP999Millis, cpuMicros, counted, errors, before);
    }

    /** Returns this summary per item of an answer with so many items; latencies stay the same. */
    RoundSummary of(int things) {
        return new RoundSummary(
                perSecond.times(things),
                p50Millis,
                bestP99Millis,
                bestP999Millis,
                cpuMicros / things,
                counted * things,
                errors,
                warmUp.times(things));
    }
}
