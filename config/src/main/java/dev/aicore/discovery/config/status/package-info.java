/**
 * Defines how the parts of a node report their readiness and status. Each side declares {@link ReadinessIndicator} and
 * {@link StatusSource} beans; the health and status routes collect them.
 *
 * <pre>{@code
 * ReadinessIndicator beans -> readiness and deep health
 * StatusSource beans       -> status
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.config.status;

import org.jspecify.annotations.NullMarked;
