/**
 * Bridges to etcd (v3), with its own protocol buffers and stubs.
 *
 * <pre>{@code
 * EtcdRegistry --> EtcdSession: Range, then Watch from the next revision --> ForeignCatalog
 *                       |  lease, kept alive
 *                       +--> Txn: puts with the lease, deletions
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bridge.etcd;

import org.jspecify.annotations.NullMarked;
