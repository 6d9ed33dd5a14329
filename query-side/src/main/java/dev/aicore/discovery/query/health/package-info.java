/**
 * Returns the health of one instance: status, last check result, circuit breaker and lease.
 *
 * <p>{@code InstanceHealthReader} reads the instance, its last check result and the facts in the audit that last
 * changed its health and circuit breaker, in one statement. {@code InstanceHealthController} removes details of checks
 * for callers that may not read them.
 *
 * <pre>{@code
 * models.instances --------+
 * models.check_results ----+--> InstanceHealthReader --> InstanceHealthController
 * models.audit ------------+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.health;

import org.jspecify.annotations.NullMarked;
