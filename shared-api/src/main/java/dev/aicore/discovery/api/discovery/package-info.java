/**
 * Discovery: pick statistics, and the explanation why an instance is or isn't discovered.
 *
 * <p>Query nodes count picks in memory and add them to a table, without events. Only a reset is an event: {@link
 * PicksReset}. {@link PickStatsView} returns the counts of all nodes, {@link ExplainView} the result of each rule of
 * discovery for one instance.
 *
 * <pre>{@code
 * discover   -> counter of a node -> table picks -> PickStatsView
 * ResetPicks -> shard -> PicksReset -> table picks (set to 0)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.discovery;

import org.jspecify.annotations.NullMarked;
