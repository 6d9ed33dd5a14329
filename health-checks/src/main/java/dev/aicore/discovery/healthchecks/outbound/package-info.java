/**
 * Connects to targets that declarations name. The only package that does so, hence the only one that the egress policy
 * has to guard.
 *
 * <p>{@link Egress} turns a declared host and port into an {@link AllowedAddress}, the only target type of the clients
 * in {@link OutboundClients}. The clients never resolve names, so the address that was checked is the address that is
 * used.
 *
 * <pre>{@code
 * host, port -> PolicyEgress -> AllowedAddress -> OutboundHttpClient | OutboundTcpClient | GrpcChannelPool
 *                 |      |                                              |
 *       NameResolver   AddressPolicy                        OutboundException, by kind
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.healthchecks.outbound;

import org.jspecify.annotations.NullMarked;
