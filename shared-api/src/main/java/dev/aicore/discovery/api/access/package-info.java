/**
 * API keys and the restriction of roles to services.
 *
 * <p>All keys are decided by one aggregate with a stream of its own, {@link ApiKeyFact.ApiKeyStream}. A command returns
 * an {@link ApiKeyCommand.ApiKeyOutcome} and emits an {@link ApiKeyFact}. Every node keeps the keys in memory and
 * authenticates requests with them. {@link ServiceScope} limits a role to services by name patterns.
 *
 * <pre>{@code
 * IssueKey, RotateKey, RevokeKey, RecordFirstUse -> key aggregate -> ApiKeyOutcome
 *                                                                 -> ApiKeyFact -> keys in memory of each node
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.access;

import org.jspecify.annotations.NullMarked;
