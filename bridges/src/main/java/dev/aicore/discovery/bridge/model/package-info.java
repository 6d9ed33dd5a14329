/**
 * Compares the two sides of a bridge. Contains no I/O: the same sides always give the same plan.
 *
 * <pre>{@code
 * instances of the other side --> ImportMapping --> desired here  --+
 *                                     registered by the bridge here +--> BridgePlan --> RemovalGuard
 * instances of this registry  --> ExportMapping --> desired there --+
 *                                    registered by the bridge there
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bridge.model;

import org.jspecify.annotations.NullMarked;
