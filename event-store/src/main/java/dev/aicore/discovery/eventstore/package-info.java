/**
 * Stores events in PostgreSQL: one sequence of positions over two tables (facts and observations), appended to by the
 * one node that owns the store, under the generation of its row and the epoch of the head row.
 *
 * <p>{@link SingleWriterAppender} commits units of work in groups; a deposed node is refused. {@link HeadPoller}
 * reports new events to the streams of event processors. {@link PostgresEventStorageEngine} loads a shard from its
 * snapshot and the later events.
 *
 * <pre>{@code
 * unit of work -> UnitOfWorkAppender -> AppendQueue -> GroupCommit -> head, facts, observations
 *                                                          |                       |
 * event processor <- PagedEventStream <- HeadPoller <------+      shard <- ShardEventReader
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.eventstore;

import org.jspecify.annotations.NullMarked;
