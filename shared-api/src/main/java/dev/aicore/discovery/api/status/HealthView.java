package dev.aicore.discovery.api.status;

import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Liveness or readiness of this node.
 *
 * @param status always {@code UP}: a node that is not up returns a problem or does not respond
 * @param checks results of the readiness checks; null if only liveness was requested
 */
public record HealthView(String status, @Nullable List<Check> checks) {}
