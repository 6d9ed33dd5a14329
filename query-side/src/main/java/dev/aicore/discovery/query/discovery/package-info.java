/**
 * Discovery: selects the instances of a service, orders them by a load balancing strategy, counts the picks, and
 * explains the selection.
 *
 * <p>{@code DiscoveryService} takes a snapshot of the service from memory. {@code InstanceSelector} filters it and
 * applies panic; {@code InstanceOrdering} orders the result by strategy within tiers of preference. The first instance
 * is the pick, which {@code PickRecorder} counts for statistics and for load. {@code DiscoveryCounter} counts who got
 * which position. {@code LoadPoller} reads the connection
 * counts that instances report. Services too large for memory go through {@code LargeServiceSelector}, the past
 * through {@code AsOfDiscoveryService}. {@code ExplainController} evaluates the {@code DiscoveryRules} for one
 * instance and names the fact behind each result.
 *
 * <pre>{@code
 * GET /api/v1/discover --> DiscoverRequestParser --> DiscoveryService --> DiscoverResultSerializer
 *                                                        |
 *   snapshot --> InstanceSelector --> InstanceOrdering --+--> PickRecorder --> PickCounter --> PickFlusher --> picks
 *                                          ^                       |
 *   LoadPoller --> ServiceLoadCache -------+                       +--> ServiceLoadCache
 *
 * GET /api/v1/explain --> InstanceEvidenceReader --> DiscoveryRules --> ExplanationBuilder --> ExplainView
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.discovery;

import org.jspecify.annotations.NullMarked;
