package dev.aicore.discovery.bench.writes;

import java.util.List;

/**
 * One part of the table.
 *
 * @param does in a few words
 * @param usual seconds of a round
 * @param besides seconds that it takes besides its rounds
 */
record Scenario(String name, String does, int usual, int besides, Play play) {

    @FunctionalInterface
    interface Play {
        List<Row> run(Options options, int usualSeconds) throws Exception;
    }

    static final List<Scenario> ALL = List.of(
            new Scenario(
                    "steady",
                    "heartbeats and as many check results, 20,000 a second, on the command side with its store",
                    60,
                    25,
                    Steady::commandSide),
            new Scenario("projections", "the same with all sides in the process", 60, 25, Steady::allSides),
            new Scenario("one-service", "the same on one service, so on one shard", 20, 25, Steady::oneService),
            new Scenario("closed", "25,000 requests outstanding, each followed by the next", 10, 25, Closed::run),
            new Scenario(
                    "registrations",
                    "1,000 clients register, beside 10,000 heartbeats a second",
                    5,
                    30,
                    Registering::run),
            new Scenario("restart", "a start on a store of 50 million observations", 7, 150, Restart::run),
            new Scenario("memory", "heap that 10,000 instances take", 0, 20, Memory::run),
            new Scenario("naive", "an aggregate for each instance on the framework's own engine", 10, 25, Naive::run));

    List<Row> run(Options options) throws Exception {
        return play.run(options, usual);
    }

    /** How long it takes in all, about. */
    int seconds(int rounds, int wished) {
        return besides + rounds * (wished == 0 || usual == 0 ? usual : wished);
    }
}
