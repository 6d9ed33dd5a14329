/**
 * Measures the Java client and the Spring starter beside Eureka's client and server.
 *
 * <pre>
 *   ClientBench ── scenarios ──→ ClientBenchRig ──→ registry, callers with Spring Cloud, Eureka (processes)
 *                     └─ plain clients of this process
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.bench.clients;

import org.jspecify.annotations.NullMarked;
