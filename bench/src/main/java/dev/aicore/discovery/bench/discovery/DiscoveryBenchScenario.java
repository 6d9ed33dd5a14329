package dev.aicore.discovery.bench.discovery;

import java.util.List;

/**
 * Scenario of the benchmark.
 *
 * @param does short description
 * @param usual default seconds of a round
 * @param servers number of measured servers, each counted once per series of rounds
 * @param besides seconds in addition to the rounds
 * @param isBesideEureka true if it also measures Eureka, where available
 */
record DiscoveryBenchScenario(
        String name, String does, int usual, int servers, int besides, boolean isBesideEureka, Play play) {

    @FunctionalInterface
    interface Play {
        List<DiscoverReportRow> run(BenchContext benchContext, int usualSeconds) throws Exception;
    }

    static final List<DiscoveryBenchScenario> ALL = List.of(
            new DiscoveryBenchScenario(
                    "reads",
                    "discoveries, compared with a bare server, the WebFlux path and Eureka",
                    10,
                    4,
                    160,
                    true,
                    ReadScenario::run),
            new DiscoveryBenchScenario(
                    "guarded",
                    "discoveries with a token or a key, under rate limits",
                    10,
                    4,
                    170,
                    false,
                    AuthenticatedReadScenario::run),
            new DiscoveryBenchScenario(
                    "open",
                    "discoveries at a fixed rate, independent of the responses (open loop)",
                    20,
                    2,
                    95,
                    false,
                    OpenLoopReadScenario::run),
            new DiscoveryBenchScenario(
                    "heartbeats",
                    "single durable heartbeats over 1,024 and 64 connections, compared with Eureka",
                    10,
                    4,
                    120,
                    true,
                    HeartbeatScenario::run),
            new DiscoveryBenchScenario(
                    "batch",
                    "heartbeats of 1,000 instances per request",
                    10,
                    1,
                    95,
                    false,
                    BatchHeartbeatScenario::run),
            new DiscoveryBenchScenario(
                    "many",
                    "discoveries among 100,000 instances, compared with 10,000",
                    10,
                    2,
                    170,
                    false,
                    LargeRegistryScenario::run),
            new DiscoveryBenchScenario(
                    "memory", "memory of the server process, 60 s after load", 10, 2, 150, false, MemoryScenario::run),
            new DiscoveryBenchScenario(
                    "watch",
                    "memory of 5,000 idle watchers, and delay of a change to other watchers during heartbeats",
                    20,
                    1,
                    190,
                    false,
                    WatchScenario::run),
            new DiscoveryBenchScenario(
                    "latency",
                    "latency of one caller, and delay until a change is visible, compared with etcd",
                    20,
                    8,
                    150,
                    false,
                    LatencyScenario::run),
            new DiscoveryBenchScenario(
                    "idle",
                    "CPU of an idle server, and at ten requests/s, compared with Eureka and etcd",
                    30,
                    11,
                    240,
                    true,
                    IdleScenario::run),
            new DiscoveryBenchScenario(
                    "registrations",
                    "registrations over 64 and 256 connections, compared with Eureka",
                    10,
                    4,
                    260,
                    true,
                    WriteRateScenario::registrations),
            new DiscoveryBenchScenario(
                    "updates",
                    "updates over 64 and 256 connections, compared with Eureka",
                    10,
                    4,
                    180,
                    true,
                    WriteRateScenario::updates),
            new DiscoveryBenchScenario(
                    "growth",
                    "latency of one caller at services of 10 to 100,000 instances",
                    5,
                    20,
                    240,
                    false,
                    ServiceSizeScenario::run),
            new DiscoveryBenchScenario(
                    "cold",
                    "the first 10 s after a start, compared with a warm server",
                    10,
                    5,
                    150,
                    false,
                    ColdStartScenario::run),
            new DiscoveryBenchScenario(
                    "storm",
                    "10,000 simultaneous registrations",
                    15,
                    1,
                    20,
                    false,
                    (benchContext, _) -> RegistrationStormScenario.run(benchContext)));

    List<DiscoverReportRow> run(BenchContext benchContext) throws Exception {
        return play.run(benchContext, usual);
    }

    /** Returns the approximate duration in seconds. */
    int seconds(int rounds, int wished) {
        return besides + rounds * servers * (wished == 0 ? usual : wished);
    }
}
