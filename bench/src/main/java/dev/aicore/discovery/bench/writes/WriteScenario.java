package dev.aicore.discovery.bench.writes;

import java.util.List;

/**
 * Scenario of the benchmark.
 *
 * @param does short description
 * @param usual default seconds of a round
 * @param besides seconds in addition to the rounds
 */
record WriteScenario(String name, String does, int usual, int besides, Play play) {

    @FunctionalInterface
    interface Play {
        List<WriteReportRow> run(WriteBenchOptions writeBenchOptions, int usualSeconds) throws Exception;
    }

    static final List<WriteScenario> ALL = List.of(
            new WriteScenario(
                    "steady",
                    "heartbeats and equally many check results, 20,000/s, on the command side with its store",
                    60,
                    25,
                    SteadyScenario::commandSide),
            new WriteScenario(
                    "projections", "as steady, with all sides in the process", 60, 25, SteadyScenario::allSides),
            new WriteScenario(
                    "one-service", "as steady, on one service, so on one shard", 20, 25, SteadyScenario::oneService),
            new WriteScenario("closed", "25,000 concurrent requests, closed loop", 10, 25, ClosedLoopScenario::run),
            new WriteScenario(
                    "registrations",
                    "registrations by 1,000 clients, during 10,000 heartbeats/s",
                    5,
                    30,
                    RegistrationScenario::run),
            new WriteScenario("restart", "a start on a store of 50 million observations", 7, 150, RestartScenario::run),
            new WriteScenario("memory", "heap of 10,000 instances", 0, 20, HeapScenario::run),
            new WriteScenario(
                    "naive",
                    "an aggregate per instance on the framework's own engine",
                    10,
                    25,
                    PerInstanceAggregateScenario::run));

    List<WriteReportRow> run(WriteBenchOptions writeBenchOptions) throws Exception {
        return play.run(writeBenchOptions, usual);
    }

    /** Returns the approximate duration in seconds. */
    int seconds(int rounds, int wished) {
        return besides + rounds * (wished == 0 || usual == 0 ? usual : wished);
    }
}
