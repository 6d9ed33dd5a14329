/**
 * Measures the registry over HTTP beside a bare server, Eureka and etcd on the same machine. {@link DiscoverBench} runs
 * the scenarios; each starts its servers as child processes, warms them up and measures rounds in turn.
 *
 * <pre>{@code
 * DiscoverBench -> DiscoveryBenchScenario -> servers (RegistryServer, EurekaProcess, EtcdProcess, BareNettyProcess)
 *                                   -> LoadRun (warm-up, rounds) -> RoundSummary
 *                                   -> ScenarioTable -> BenchReport (Markdown, JSON), BarChart (SVG)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bench.discovery;

import org.jspecify.annotations.NullMarked;
