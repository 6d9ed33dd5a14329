/**
 * Returns the state of the registry itself: node health, readiness, status and metrics.
 *
 * <p>{@code ReadinessService} runs all readiness indicators, at most every 250 ms. {@code StatusAssembler} combines
 * their results with the state of the store, the watermarks and the reports of this node's components.
 * {@code RegistryMetrics} caches the counts that {@code MetricsController} exports.
 *
 * <pre>{@code
 * GET /health        --> NodeHealthController --> ReadinessService --> readiness indicators
 * GET /api/v1/status --> StatusController --> StatusAssembler --> StatusReader, WatermarkReader
 * GET <metrics path> --> MetricsController --> RegistryMetrics --> StatusReader
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.status;

import org.jspecify.annotations.NullMarked;
