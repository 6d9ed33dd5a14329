/**
 * Measures the rate of health checks of a registry, and how soon discovery omits a dead instance.
 *
 * <pre>{@code
 * HealthBench -> RegistryProcess -> checks -> TargetProcess (HTTP, TCP and silent ports)
 *             -> FailoverScenario: kill a target, poll discovery
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bench.health;

import org.jspecify.annotations.NullMarked;
