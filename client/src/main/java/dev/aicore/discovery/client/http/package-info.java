/**
 * Requests to the nodes of a registry, and streams of server-sent events. Sends each request to the node in use, and to
 * the next one if that doesn't answer.
 *
 * <pre>
 *   NodeTransport ── NodePool        the node in use
 *        │        └─ CredentialCache read again after a 401
 *        ├── send ──→ WireResponse   bounded in time and bytes
 *        └── open ──→ EventStream    read by one thread, closed by any
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.client.http;

import org.jspecify.annotations.NullMarked;
