/**
 * The client of the registry. The registry pushes changes, the client keeps the lists, and a pick reads memory: an
 * outage of the registry is no outage of its users.
 *
 * <pre>
 *   RegistryClient ── register ──→ Registration   heartbeats in one batch, registered again if unknown
 *        │
 *        ├── service ──→ Service ── pick ──→ Pick  one read of the kept list; outcomes eject and are reported
 *        │                  ↑
 *        └── watch ─────────┘                      one stream of changes, resumed by position at any node
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.client;

import org.jspecify.annotations.NullMarked;
