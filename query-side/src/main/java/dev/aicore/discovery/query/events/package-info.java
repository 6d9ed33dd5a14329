/**
 * Streams the facts of the store in the order in which they were written.
 *
 * <p>{@code EventsController} parses the filter and the start, and chooses server-sent events or lines of JSON.
 * {@code FactStreamSession} reads one page after another through {@code FactPageReader}, sends bookmarks while nothing
 * happens, and retries while PostgreSQL is unavailable. {@code StreamLimit} bounds the number of streams.
 *
 * <pre>{@code
 * GET /api/v1/events --> StreamLimit --> FactStreamSession --> event stream or lines
 *                                             |
 *                        store.facts <-- FactPageReader --> models.audit (filter)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.events;

import org.jspecify.annotations.NullMarked;
