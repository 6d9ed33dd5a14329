package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.LoadRound;
import dev.aicore.discovery.bench.rig.RoundStatistics;
import java.util.List;

/**
 * What rounds came to.
 *
 * @param bestP99Millis of the best round: the machine's own hiccups are in the others
 * @param bestP999Millis likewise
 * @param cpuMicros of the server's process for one answer; 0 where the system doesn't tell it, or others took it, too
 * @param counted good answers of all rounds
 * @param errors of all rounds
 * @param warmUp before them; {@link WarmUpDetector#NONE} if there was none, or another scenario's
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

    /** @param cpuNanos of the server's process meanwhile */
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

    /** The same, told with its warm-up. */
    RoundSummary after(WarmUpDetector before) {
        return new RoundSummary(
                perSecond, p50Millis, bestP99Millis, bestP999Millis, cpuMicros, counted, errors, before);
    }

    /** The same for each of so many things that an answer holds; how long answers took stays. */
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
