/**
 * Serves the registry over the protocols of other registries, so that their clients work unchanged.
 *
 * <p>Each protocol has a package. It translates documents and contains no rules of the registry: writes become the
 * same commands as those of the REST API, and reads come from the same snapshots and history.
 *
 * <pre>
 *   client ─ dialect.eureka  ─┐                          ┌─ command side: registration, heartbeat, update
 *   client ─ dialect.consul  ─┼─ native document, caller ┤
 *   client ─ dialect.dns     ─┘                          └─ query side: snapshots, watches, as-of reads
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.dialect;

import org.jspecify.annotations.NullMarked;
