/**
 * Measures the append of the event store in isolation, and compares it with rejected designs.
 *
 * <pre>{@code
 * AppendBench -> AppendLoad (AppendWorkload) -> BenchStore (AppendDesign) -> AppendMeasurement
 * RetentionBench -> RetentionRows: drop a partition, or delete and vacuum
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bench.store;

import org.jspecify.annotations.NullMarked;
