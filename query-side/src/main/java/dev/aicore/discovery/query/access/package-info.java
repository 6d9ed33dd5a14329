/**
 * Routes that list API keys and denied requests, and exchange an API key for a token.
 *
 * <p>{@code ApiKeyListController} pages through the keys in memory, ordered by time of issue. {@code TokenController}
 * issues a short-lived bearer token. {@code AccessDenialCounter} counts denials in memory; {@code DenialFlusher}
 * writes each completed minute of this node once and deletes rows older than the retention; {@code DenialsReader} sums
 * the rows of all nodes. No route writes an event; issuing and revoking keys are commands of the command side.
 *
 * <pre>{@code
 * GET  /api/v1/admin/api-keys --> ApiKeyListController --> ApiKeyRegistry
 * POST /api/v1/auth/token     --> TokenController      --> TokenIssuer
 * AccessDenialCounter --> DenialFlusher --> DenialRows --> models.denials
 * GET  /api/v1/admin/denials <-- DenialsController <-- DenialsReader <--+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.access;

import org.jspecify.annotations.NullMarked;
