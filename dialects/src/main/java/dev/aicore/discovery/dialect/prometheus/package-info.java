/**
 * Lists the instances as targets of Prometheus' {@code http_sd}.
 *
 * <pre>{@code
 * GET /api/v1/prometheus/targets --> PrometheusTargetsController --> RegistrySnapshotService
 *                                            |
 *                                            +--> PrometheusTarget (one group per instance)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.dialect.prometheus;

import org.jspecify.annotations.NullMarked;
