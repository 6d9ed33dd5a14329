package dev.aicore.discovery.bench.discovery;

import dev.aicore.discovery.bench.load.LoadGenerator;
import dev.aicore.discovery.bench.rig.EurekaBuild;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Common parameters of scenarios.
 *
 * @param generator load generator of the closed loops
 * @param cache AOT cache of the registry's JVM: written at the end of the first process, used by later ones
 * @param eureka empty if Eureka isn't wanted, or unavailable
 * @param etcd version of the installed etcd; empty if etcd isn't wanted, or unavailable
 * @param shared running registry that scenarios take, with the settings of all of them; empty if each starts its own,
 *     as comparable figures require
 */
record BenchContext(
        DiscoverBenchOptions options,
        DiscoverBenchSize size,
        LoadGenerator generator,
        Path cache,
        Optional<EurekaBuild> eureka,
        Optional<String> etcd,
        Optional<RegistryServer> shared) {}
