/**
 * Export of facts to Axon Server, so that other applications can subscribe to them. See docs/axon-server.md.
 *
 * <pre>{@code
 * store.facts -> FactExporter -> AxonServerSession -> context of Axon Server
 *                    |
 *                ExportToken (store.tokens)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.projection.axonserver;

import org.jspecify.annotations.NullMarked;
