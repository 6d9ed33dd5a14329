package dev.aicore.discovery.bench.discover;

import java.util.List;

/**
 * What rounds come to. The machine's own hiccups are in all but the best times.
 *
 * @param perSecond of each round, lowest first
 */
record Figures(List<Double> perSecond, double bestP50Millis, double bestP99Millis, long errors) {

    static Figures of(List<Wrk.Round> rounds) {
        return new Figures(
                rounds.stream().map(Wrk.Round::perSecond).sorted().toList(),
                rounds.stream().mapToDouble(Wrk.Round::p50Millis).min().orElseThrow(),
                rounds.stream().mapToDouble(Wrk.Round::p99Millis).min().orElseThrow(),
                rounds.stream().mapToLong(Wrk.Round::errors).sum());
    }

    String row(String name, Figures limit) {
        return "| %s | %,.0f (%,.0f – %,.0f) | %.2f | %.2f | %.2f | %d |"
                .formatted(
                        name,
                        median(),
                        perSecond.getFirst(),
                        perSecond.getLast(),
                        median() / limit.median(),
                        bestP50Millis,
                        bestP99Millis,
                        errors);
    }

    private double median() {
        return perSecond.get(perSecond.size() / 2);
    }
}
