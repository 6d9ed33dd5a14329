/**
 * Read models: what projections write and queries read.
 *
 * <p>{@link ModelTable} names the tables in PostgreSQL; no other module spells these names. {@code database} runs the
 * statements of queries, {@code balancing} and {@code denials} write what the query side counts, {@code redis} defines
 * the documents of the cache, and {@code watermark} publishes how far the tables are complete.
 *
 * <pre>{@code
 * projections --> tables (ModelTable), documents (redis), positions (watermark) --> query side
 * query side --> picks (balancing), denials --> tables
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.readmodel;

import org.jspecify.annotations.NullMarked;
