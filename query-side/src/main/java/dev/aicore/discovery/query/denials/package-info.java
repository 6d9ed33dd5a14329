/**
 * Persists counts of denied requests per minute and lists them for admins.
 *
 * <p>{@code AccessDenialCounter} counts denials in memory. {@code DenialFlusher} hands each completed minute of
 * this node to a {@link dev.aicore.discovery.readmodel.denials.DenialStore}, and has it delete rows older than the
 * retention. {@code DenialsReader} sums the rows of all nodes.
 *
 * <pre>{@code
 * AccessDenialCounter --> DenialFlusher --> DenialStore (read-model) --> models.denials
 * GET /api/v1/admin/denials <-- DenialsController <-- DenialsReader <-------+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.denials;

import org.jspecify.annotations.NullMarked;
