/**
 * Registry in the process, for tests of its users: in memory, on a free port, with faults on request. It answers as the
 * server does where clients depend on it; one contract is tested on both.
 *
 * <pre>
 *   TestRegistry ── faults, requests
 *        │
 *   TestRegistryServer ── RegistryRoutes ── RegistryStore
 *        └───────────── WatchWriter ────────┘
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.client.testing;

import org.jspecify.annotations.NullMarked;
