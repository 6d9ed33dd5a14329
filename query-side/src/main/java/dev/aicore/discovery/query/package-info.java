/**
 * Query side: the routes that read, over PostgreSQL, Redis and memory.
 *
 * <p>Routes run on event loops and never block. This side writes no table. {@code instance}, {@code history},
 * {@code events}, {@code configuration}, {@code diff}, {@code uptime}, {@code health} and {@code explain} read the read
 * models in PostgreSQL through {@code readmodel.database}. {@code watermark} lets callers wait for a position, and
 * {@code asof} resolves points in the past. Discovery ({@code balancing}) answers from {@code snapshot}, which
 * {@code live}, {@code cache} and {@code watching} keep current.
 *
 * <pre>{@code
 * caller --> controller --> watermark, asof --> reader --> readmodel.database --> PostgreSQL
 * caller --> balancing --> snapshot --> cache (Redis), instance (PostgreSQL)
 *                             ^
 *                             +-- live (facts of this process), watching (polls)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query;

import org.jspecify.annotations.NullMarked;
