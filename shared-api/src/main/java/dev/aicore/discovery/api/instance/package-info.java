/**
 * Instances: their declaration, their states, and the commands, facts and views about them.
 *
 * <p>An owner declares an instance with a {@link Declaration}. Four independent states result in one {@link
 * InstanceStatus}, which decides about discovery. Queries return {@link InstanceView} and {@link InstanceHealthView}.
 *
 * <pre>{@code
 * RegisterInstance, UpdateInstance -> InstanceRegistered, InstanceUpdated -> [LeaseExpired] -> InstanceRemoved
 * DeregisterInstance               -> InstanceDeregistered
 * overdue, expired or removed      -> InstanceRevived
 *
 * AdminState, LeaseState, HealthState, BreakerState -> InstanceState -> InstanceStatus
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.instance;

import org.jspecify.annotations.NullMarked;
