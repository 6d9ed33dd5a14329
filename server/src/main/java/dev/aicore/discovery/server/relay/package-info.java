/**
 * Sends writes from a node that doesn't own the event store to the one that owns it.
 *
 * <pre>{@code
 * caller -> access control -> HttpOwnerRelay -> RelayClient -> RelayReceiver of the owner -> access control -> route
 *                                  |
 *                            OwnerDirectory <- store.claims, store.nodes
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.server.relay;

import org.jspecify.annotations.NullMarked;
