/**
 * Folds the registered instances: the current state and the state at every earlier position. {@link InstanceProjection}
 * receives the facts, {@link InstanceFold} applies one fact to one {@link VersionedInstance}, and the batch folds write
 * the result.
 *
 * <pre>{@code
 * InstanceFact -> InstanceProjection -> InstanceBatchFold -> InstanceFold -> instances, instance_versions
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.instance;

import org.jspecify.annotations.NullMarked;
