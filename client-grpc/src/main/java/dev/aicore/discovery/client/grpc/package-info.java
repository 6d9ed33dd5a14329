/**
 * Name resolver and load balancing policy of gRPC. A channel of {@code registry:///payments} has the instances of the
 * service, and follows their changes. An outage of the registry takes none of them away.
 *
 * <pre>
 *   RegistryClient ── list and changes ──→ RegistryNameResolver ── addresses ──→ channel ── policy ──→ instance
 *        ↑                                                                          │
 *        └────────────────────────── outcomes ── OutcomeInterceptor ←───────────────┘
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.client.grpc;

import org.jspecify.annotations.NullMarked;
