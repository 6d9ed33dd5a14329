/**
 * Service discovery of Stork with the type {@code registry}. The list is that of the client, which the registry pushes:
 * there is no refresh period, and an outage of the registry takes no instance away.
 *
 * <pre>
 *   Stork ── configuration ──→ RegistryServiceDiscoveryLoader ──→ ClientPool ──→ RegistryClient
 *     │                                     │
 *     └── getServiceInstances ──→ RegistryServiceDiscovery ──→ StorkInstance ── outcomes ──→ client
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.client.stork;

import org.jspecify.annotations.NullMarked;
