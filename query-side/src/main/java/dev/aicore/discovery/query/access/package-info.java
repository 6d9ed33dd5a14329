/**
 * Routes that list API keys and exchange an API key for a token.
 *
 * <p>{@code ApiKeyListController} pages through the keys in memory, ordered by time of issue. {@code TokenController}
 * issues a short-lived bearer token. Neither route writes an event; issuing and revoking keys are commands of the
 * command side.
 *
 * <pre>{@code
 * GET  /api/v1/admin/api-keys --> ApiKeyListController --> ApiKeyRegistry
 * POST /api/v1/auth/token     --> TokenController      --> TokenIssuer
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.access;

import org.jspecify.annotations.NullMarked;
