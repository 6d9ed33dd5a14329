/**
 * Query side: the routes that read, over PostgreSQL, Redis and memory.
 *
 * <p>Routes run on event loops and never block. {@code instance}, {@code history}, {@code health}, {@code
 * configuration} and {@code access} read the read models in PostgreSQL through {@code database}. {@code consistency}
 * lets callers wait for a position and resolves points in the past. {@code discovery} answers from {@code
 * discovery.snapshot}, which {@code watching} and {@code cache} keep current.
 *
 * <pre>{@code
 * caller --> controller --> consistency --> reader --> database --> PostgreSQL
 * caller --> discovery --> discovery.snapshot --> cache (Redis), instance (PostgreSQL)
 *                              ^
 *                              +-- watching (facts of this process, polls)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query;

import org.jspecify.annotations.NullMarked;
