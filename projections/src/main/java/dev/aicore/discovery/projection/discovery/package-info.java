/**
 * Resets the pick statistics of load balancing. The query side counts picks, and {@code readmodel.balancing} writes the
 * counts; a {@code PicksReset} fact empties those of its service. {@link PickResetFold} runs in the transaction of the
 * audit fold.
 *
 * <pre>{@code
 * PicksReset -> PickResetFold -> PickResetRows -> models.picked_services (since), models.picks (deleted)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.discovery;

import org.jspecify.annotations.NullMarked;
