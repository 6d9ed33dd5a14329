package dev.aicore.discovery.bench.discover;

import dev.aicore.discovery.bench.load.LoadGenerator;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What scenarios have in common.
 *
 * @param generator of the closed loops
 * @param cache of what our server's JVM has loaded and learned: the first one that ends writes it, later ones start with it
 * @param eureka empty if it isn't wanted, or can't be had
 * @param etcd the version of the machine's own; empty likewise
 */
record BenchContext(
        DiscoverBenchOptions options,
        DiscoverBenchSize size,
        LoadGenerator generator,
        Path cache,
        Optional<EurekaBuild> eureka,
        Optional<String> etcd) {}
