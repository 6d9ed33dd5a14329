/**
 * Stores when instances were last observed. {@link LastSeen} is a periodic job, not an Axon projection: it reads packed
 * observations in pages, folds them in memory to one row per slot, and writes these.
 *
 * <pre>{@code
 * store.observations -> ObservationEventReader -> LastSeen -> SlotTimes   -> models.last_seen
 *                                                     -> SlotResults -> models.check_results
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.lease;

import org.jspecify.annotations.NullMarked;
