/**
 * Writes the pick statistics of load balancing. The query side counts picks and passes them on as {@link PickBatch}; it
 * knows only {@link PickStore}, which {@link PickRows} implements and the server provides.
 *
 * <pre>{@code
 * query side: PickCounter -> PickFlusher -> PickStore.add(PickBatch) -> PickRows -> picks, picked_services
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.readmodel.discovery;

import org.jspecify.annotations.NullMarked;
