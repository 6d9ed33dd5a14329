/**
 * Persists counts of denied requests per minute and lists them for admins.
 *
 * <p>{@code AccessDenialCounter} counts denials in memory. {@code DenialFlusher} writes each completed minute of this
 * node once and deletes rows older than the retention. {@code DenialsReader} sums the rows of all nodes.
 *
 * <pre>{@code
 * AccessDenialCounter --> DenialFlusher --> DenialRows --> models.denials
 * GET /api/v1/admin/denials <-- DenialsController <-- DenialsReader <--+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.denials;

import org.jspecify.annotations.NullMarked;
