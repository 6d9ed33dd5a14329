/**
 * Runs the projections of a node: facts of the event store are folded into the tables of the read models. {@link
 * ProjectionConfiguration} wires them, {@link ProjectionRuntime} assembles and starts them, and {@link
 * ReadModelMigration} creates their tables in the schema {@code models}.
 *
 * <pre>{@code
 * store.facts        -> processing -> instance, history, configuration, discovery -> models.*
 * store.observations -> lease      -> models.last_seen, models.check_results
 * commit             -> cache -> Redis or NOTIFY
 * models, store      -> bundle, rebuild, deadletter (administration)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection;

import org.jspecify.annotations.NullMarked;
