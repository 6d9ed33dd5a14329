/**
 * The event store on PostgreSQL: one sequence of positions over two tables, appended to by one lane under the epoch of one head row.
 */
@NullMarked
package dev.aicore.discovery.eventstore;

import org.jspecify.annotations.NullMarked;
