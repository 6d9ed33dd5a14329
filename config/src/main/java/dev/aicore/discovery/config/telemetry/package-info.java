/**
 * Measures the registry and traces its requests.
 *
 * <p>Code counts by the {@code MeterRegistry}, or declares a {@link MetricFamily} where the name must not be
 * rewritten. {@link RequestMetrics} and {@link HealthCheckCounters} are shared by several packages. {@link
 * RequestTracer} exports its spans to a collector by OTLP.
 *
 * <pre>{@code
 * MeterRegistry  -+
 *                 +-> PrometheusExporter -> metrics route
 * MetricFamily   -+
 * request -> RequestTracer.begin -> span -> RequestTracer.end -> batches -> OTLP over HTTP -> collector
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.config.telemetry;

import org.jspecify.annotations.NullMarked;
