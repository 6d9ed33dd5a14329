/**
 * Implements a rejected design for comparison: one aggregate and one event per instance, on the framework's own storage
 * engine.
 *
 * <pre>{@code
 * NaiveRegistry (closed loop) -> SimpleCommandBus -> NaiveInstance -> JdbcEventStorageEngine -> schema naive
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bench.writes.naive;

import org.jspecify.annotations.NullMarked;
