/**
 * Provides the common parts of benchmarks: machine information, temporary directories, child processes, clients and
 * statistics. {@link RegistryProcess} starts a registry as its launcher does; {@link RoundStatistics} and
 * {@link Threshold} evaluate the figures.
 *
 * <pre>{@code
 * benchmark -> TempDirectory -> RegistryProcess -> BenchHttpClient
 *           -> ProcessStats, LiveHeap, MachineInfo -> RoundStatistics -> Threshold
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bench.rig;

import org.jspecify.annotations.NullMarked;
