/**
 * Serves xDS version 3 to proxyless gRPC and to Envoy, as streams of the state of the world: aggregated ones, and
 * separate ones of clusters and of endpoints.
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
