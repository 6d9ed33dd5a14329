/**
 * Restoring a service to an earlier state by further facts.
 *
 * <p>{@link RestoreServiceInstances} states for each instance that differs from the {@link RestorePoint} one {@link
 * RestoreAction}. The shard decides them as if they were requested singly.
 *
 * <pre>{@code
 * RestorePoint -> RestoreServiceInstances (RestoreAction per instance) -> shard -> Outcome.Restored
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.restore;

import org.jspecify.annotations.NullMarked;
