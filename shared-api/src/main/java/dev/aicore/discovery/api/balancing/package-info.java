/**
 * Pick statistics of discovery: how often each instance was selected.
 *
 * <p>Query nodes count picks in memory and add them to a table, without events. Only a reset is an event:
 * {@link PicksReset}. {@link PickStatsView} returns the counts of all nodes.
 *
 * <pre>{@code
 * discover   -> counter of a node -> table picks -> PickStatsView
 * ResetPicks -> shard -> PicksReset -> table picks (set to 0)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.balancing;

import org.jspecify.annotations.NullMarked;
