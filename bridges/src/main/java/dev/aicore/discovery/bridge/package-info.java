/**
 * Keeps this registry and others equal, while services move from one to the other. A bridge writes here with the same
 * commands as the REST API, under a principal of its own, and its history says what the other side said, and when.
 *
 * <pre>
 *   bridge.etcd ─┐                          ┌─ command side: registration, update, heartbeat, deregistration
 *                ├─ bridge.sync ─ this side ┤
 *   (others)   ──┘   bridge.model: plans    └─ query side: snapshot of the registry
 * </pre>
 */
@NullMarked
package dev.aicore.discovery.bridge;

import org.jspecify.annotations.NullMarked;
