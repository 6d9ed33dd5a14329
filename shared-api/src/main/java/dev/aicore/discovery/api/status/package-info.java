/**
 * Status and health of the registry and of its nodes.
 *
 * <p>Each component of a node reports a {@link ComponentStatus} from memory. The status route combines them with the
 * state of PostgreSQL into a {@link RegistryStatusView}. The health routes return {@link HealthView} and
 * {@link HealthView.DeepHealthView}.
 *
 * <pre>{@code
 * components -> ComponentStatus -> RegistryStatusView
 * PostgreSQL (head, watermarks, counts) -> RegistryStatusView
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.status;

import org.jspecify.annotations.NullMarked;
