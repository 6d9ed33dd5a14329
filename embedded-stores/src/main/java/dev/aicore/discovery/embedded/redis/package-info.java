/**
 * Runs the embedded Redis as a child process if neither a database URL nor a Redis URL is set. {@link RedisServer}
 * starts and supervises it; {@link RedisFiles} manages its files under the data directory.
 *
 * <pre>{@code
 * RedisServer.start -> RedisBinary (unpack) -> RedisFiles (configuration, orphans)
 *                   -> RedisProcess (child process) -> Supervisor (restarts)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.embedded.redis;

import org.jspecify.annotations.NullMarked;
