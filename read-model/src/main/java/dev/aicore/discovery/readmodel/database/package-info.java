/**
 * Runs the statements of the query side on PostgreSQL, over R2DBC, with a bounded connection pool, short timeouts and a
 * circuit breaker.
 *
 * <p>{@code Database} runs a statement and maps outages to {@code store_unavailable}. {@code ConnectionUse} keeps
 * connections out of the pool that may be dead. {@code ReadMemoryLimit} bounds the memory of one statement, and
 * {@code ReadMemoryLimit.LargeReadLimit} admits one large read at a time. {@code PositionedResult} pairs rows
 * with the position of their read model. {@code PeriodicTask} repeats statements that no request waits for.
 *
 * <pre>{@code
 * reader --> Database --> StoreCircuitBreaker --> connection pool --> PostgreSQL
 *                              |
 *                              +--> open: store_unavailable
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.readmodel.database;

import org.jspecify.annotations.NullMarked;
