/**
 * Serves xDS version 3 to proxyless gRPC and to Envoy, as aggregated streams of the state of the world.
 *
 * <p>{@code XdsStream} connects one stream to its {@code XdsStreamState}, which contains the rules of the protocol and
 * needs no I/O. {@code XdsCatalog} is the state of all services; their resources are built once for all streams.
 *
 * <pre>{@code
 *  gRPC --> XdsCallerInterceptor --> XdsService --> XdsStream --> XdsStreamState
 *                                                       ^
 *  RegistryFollower --> XdsPusher --> XdsCatalog -------+
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.dialect.xds;

import org.jspecify.annotations.NullMarked;
