/**
 * Runs the embedded PostgreSQL as a child process if no database URL is set. {@link PostgresServer} starts and
 * supervises it; {@link Cluster} manages its files under the data directory.
 *
 * <pre>{@code
 * PostgresServer.start -> DirectoryLock -> PostgresBinaries (unpack) -> Cluster (initdb, version, orphans)
 *                      -> Postmaster (child process) -> Supervisor (restarts)
 * data directory: postgres/  postgres.password  postgres.log  lock
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.embedded.postgres;

import org.jspecify.annotations.NullMarked;
