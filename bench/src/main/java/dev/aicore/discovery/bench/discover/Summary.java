package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.Round;
import dev.aicore.discovery.bench.rig.Spread;
import java.util.List;

/**
 * What rounds came to.
 *
 * @param bestP99Millis of the best round: the machine's own hiccups are in the others
 * @param bestP999Millis likewise
 * @param cpuMicros of the server's process for one answer; 0 where the system doesn't tell it, or others took it, too
 * @param counted good answers of all rounds
 * @param errors of all rounds
 * @param warmUp before them; {@link WarmUp#NONE} if there was none, or another scenario's
 */
record Summary(
        Spread perSecond,
        double p50Millis,
        double bestP99Millis,
        double bestP999Millis,
        double cpuMicros,
        long counted,
        long errors,
        WarmUp warmUp) {

    /** @param cpuNanos of the server's process meanwhile */
    record Measured(Round round, long cpuNanos) {

        double cpuMicros() {
            return cpuNanos / 1e3 / Math.max(1, round.answers());
        }
    }

    static Summary of(List<Measured> rounds) {
        return new Summary(
                Spread.of(rounds, measured -> measured.round().perSecond()),
                Spread.of(rounds, measured -> measured.round().p50Millis()).median(),
                Spread.of(rounds, measured -> measured.round().p99Millis()).least(),
                Spread.of(rounds, measured -> measured.round().p999Millis()).least(),
                Spread.of(rounds, Measured::cpuMicros).median(),
                rounds.stream()
                        .mapToLong(measured -> measured.round().answers())
                        .sum(),
                rounds.stream().mapToLong(measured -> measured.round().errors()).sum(),
                WarmUp.NONE);
    }

    double median() {
        return perSecond.median();
    }

    /** The same, told with its warm-up. */
    Summary after(WarmUp before) {
        return new Summary(perSecond, p50Millis, bestP99Millis, bestP999Millis, cpuMicros, counted, errors, before);
    }

    /** The same for each of so many things that an answer holds; how long answers took stays. */
    Summary of(int things) {
        return new Summary(
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
