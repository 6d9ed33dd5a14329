/**
 * Measures the registry and exports the values to Prometheus.
 *
 * <p>Code counts by the {@code MeterRegistry}, or declares a {@link MetricFamily} where the name must not be rewritten.
 * {@link RequestMetrics} and {@link HealthCheckCounters} are shared by several packages.
 *
 * <pre>{@code
 * MeterRegistry  -+
 *                 +-> PrometheusExporter -> metrics route
 * MetricFamily   -+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.config.metrics;

import org.jspecify.annotations.NullMarked;
