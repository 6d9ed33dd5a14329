/**
 * Writes what the query side counts of discovery: picks, and the discoveries of principals by minute. The query side
 * knows only {@link PickStore} and {@link DiscoveryCountStore}, which {@link PickRows} and {@link DiscoveryCountRows}
 * implement and the server provides.
 *
 * <pre>{@code
 * query side: PickCounter -> PickFlusher -> PickStore.add(PickBatch) -> PickRows -> picks, picked_services
 *             DiscoveryCounter -> DiscoveryCountFlusher -> DiscoveryCountStore -> DiscoveryCountRows -> discoveries
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.readmodel.discovery;

import org.jspecify.annotations.NullMarked;
