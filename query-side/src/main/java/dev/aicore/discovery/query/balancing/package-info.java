/**
 * Discovery: selects the instances of a service, orders them by a load balancing strategy and counts the picks.
 *
 * <p>{@code DiscoveryService} takes a snapshot of the service from memory. {@code InstanceSelector} filters it and
 * applies panic; {@code InstanceOrdering} orders the result by strategy within tiers of preference. The first instance
 * is the pick, which {@code PickRecorder} counts for statistics and for load; {@code PickFlusher} hands the counts to a
 * {@link dev.aicore.discovery.readmodel.balancing.PickStore}. {@code LoadPoller} reads the connection counts that
 * instances report. Services too large for memory go through {@code LargeServiceSelector}, the past through
 * {@code AsOfDiscoveryService}.
 *
 * <pre>{@code
 * GET /api/v1/discover --> DiscoverRequestParser --> DiscoveryService --> DiscoverResultSerializer
 *                                                        |
 *   snapshot --> InstanceSelector --> InstanceOrdering --+--> PickRecorder --> PickCounter --> PickFlusher
 *                                          ^                       |
 *   LoadPoller --> ServiceLoadCache -------+                       +--> ServiceLoadCache
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.balancing;

import org.jspecify.annotations.NullMarked;
