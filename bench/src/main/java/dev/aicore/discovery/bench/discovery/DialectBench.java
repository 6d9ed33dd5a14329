package dev.aicore.discovery.bench.discovery;

import java.util.List;

/**
 * Measures the protocols of other registries: beside the server whose protocol it is, or beside the registry's own.
 * Runs and prints as {@link DiscoverBench} does.
 */
public final class DialectBench {

    static final List<DiscoveryBenchScenario> SCENARIOS = List.of(
            new DiscoveryBenchScenario(
                    "reads",
                    "one application over Eureka's protocol, compared with Eureka; one service over Consul's, compared"
                            + " with a discovery",
                    10,
                    4,
                    180,
                    true,
                    on(DialectReadScenario::run)),
            new DiscoveryBenchScenario(
                    "heartbeats",
                    "durable heartbeats over Eureka's protocol, compared with Eureka",
                    10,
                    2,
                    120,
                    true,
                    on(DialectHeartbeatScenario::run)),
            new DiscoveryBenchScenario(
                    "dns", "DNS answers per second of CPU time", 10, 1, 40, false, on(DialectDnsScenario::run)),
            new DiscoveryBenchScenario(
                    "parked",
                    "memory of 5,000 blocking queries and 1,000 xDS streams",
                    1,
                    1,
                    150,
                    false,
                    on(ParkedListenerScenario::run)),
            new DiscoveryBenchScenario(
                    "changes",
                    "delay of a change to a blocking query, a DNS client, an xDS stream and a native watcher",
                    20,
                    4,
                    60,
                    false,
                    on(ListenerDelayScenario::run)));

    /** Scenario on a registry that was started for it. */
    @FunctionalInterface
    interface DialectPlay {
        List<DiscoverReportRow> run(BenchContext benchContext, int usualSeconds, DialectRegistry dialects)
                throws Exception;
    }

    private DialectBench() {}

    private static DiscoveryBenchScenario.Play on(DialectPlay play) {
        return (benchContext, usualSeconds) -> {
            try (var dialects = DialectRegistry.start(benchContext)) {
                return play.run(benchContext, usualSeconds, dialects);
            }
        };
    }

    /**
     * Runs the benchmark.
     *
     * @param arguments those of {@link DiscoverBench#main}
     */
    public static void main(String... arguments) throws Exception {
        DiscoverBench.run(SCENARIOS, arguments);
    }
}
