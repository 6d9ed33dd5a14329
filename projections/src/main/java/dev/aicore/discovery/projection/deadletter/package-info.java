/**
 * Serves dead letters to administrators: lists the facts that read models couldn't fold, and retries them. Each retry
 * folds a whole sequence in its own transaction, on a thread that may block.
 *
 * <pre>{@code
 * GET  /api/v1/admin/dead-letters                  -> DeadLetterRetryService.list
 * POST /api/v1/admin/dead-letters/{position}/retry -> DeadLetterRetryService.retry
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.deadletter;

import org.jspecify.annotations.NullMarked;
