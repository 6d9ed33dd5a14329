/**
 * Runs a bridge: follows both sides, compares them after each change, and writes the differences.
 *
 * <pre>{@code
 * ForeignRegistry.follow --> ForeignCatalog --+
 *                                             +--> BridgeWorker --> LocalRegistry.write   (in)
 * LocalRegistry.follow -----------------------+         |---------> ForeignRegistry.write (out)
 * }</pre>
 *
 * <p>A bridge keeps no state of its own: what it has brought is marked on each side. After a kill or a takeover it
 * compares both sides again, and continues.
 */
@NullMarked
package dev.aicore.discovery.bridge.sync;

import org.jspecify.annotations.NullMarked;
