/**
 * Defines Axon's components as beans by hand. Left to its auto-configuration, Axon falls back to components that store
 * nothing; {@link StoreWiringCheck} fails the start in that case.
 *
 * <p>{@link EventStoreConfiguration} is imported by every process, {@link EventStoreWriterConfiguration} by the one
 * that writes.
 *
 * <pre>{@code
 * command -> CommandBus -> LoadingRepository (StrongCache) -> RegistryEventStore -> PostgresEventStorageEngine
 *                                |
 *                                +-> snapshots -> SnapshotExecutor
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.eventstore.axon;

import org.jspecify.annotations.NullMarked;
