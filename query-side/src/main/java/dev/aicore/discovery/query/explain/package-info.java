/**
 * Explains why an instance is or isn't discovered.
 *
 * <p>{@code InstanceEvidenceReader} reads the instance's state at a position and the last fact of each type.
 * {@code DiscoveryRules} evaluates each rule and names the fact behind its result. {@code ExplanationBuilder} adds the
 * rules of the request: filters and panic.
 *
 * <pre>{@code
 * GET /api/v1/explain --> AsOfResolver --> InstanceEvidenceReader --> DiscoveryRules
 *                                                                         |
 *                              ExplainView <-- ExplanationBuilder <-------+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.explain;

import org.jspecify.annotations.NullMarked;
