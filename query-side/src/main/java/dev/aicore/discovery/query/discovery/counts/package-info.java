/**
 * Counts which principal discovered which service, minute by minute, with the positions of the answers.
 *
 * <p>{@code DiscoveryCounter} counts in memory, within bounds. {@code DiscoveryCountFlusher} writes each completed
 * minute of this node once and deletes rows older than the retention. {@code DiscoveryCountReader} sums the rows of all
 * nodes. What a principal knew are the instances at the position.
 *
 * <pre>{@code
 * discovery, reads of Consul's clients --> DiscoveryCounter --> DiscoveryCountFlusher --> models.discoveries
 * GET /api/v1/services/{service_name}/discoveries <-- DiscoveryCountReader <--------------------+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.discovery.counts;

import org.jspecify.annotations.NullMarked;
