/**
 * Instances: their declaration, their states, the facts about them and the views of them.
 *
 * <p>An owner declares an instance with a {@link Declaration}. A shard emits an {@link InstanceFact} for each change.
 * Four independent states result in one {@link InstanceStatus}, which decides about discovery. Queries return
 * {@link InstanceView} and {@link InstanceHealthView}.
 *
 * <pre>{@code
 * InstanceRegistered -> [LeaseOverdue ->] LeaseExpired -> InstanceRemoved
 * overdue, expired or removed -> InstanceRevived
 * present                     -> InstanceDeregistered
 *
 * AdminState, LeaseState, HealthState, BreakerState -> InstanceState -> InstanceStatus
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.instance;

import org.jspecify.annotations.NullMarked;
