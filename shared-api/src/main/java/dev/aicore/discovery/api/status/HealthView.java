package dev.aicore.discovery.api.status;

import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether this node is up.
 *
 * @param status always {@code UP}: a node that isn't doesn't answer, or answers a problem
 * @param checks what readiness was asked of; null if only liveness was
 */
public record HealthView(String status, @Nullable List<Check> checks) {}
