/**
 * Bridges to Consul, with its HTTP API on the JDK's HTTP client.
 *
 * <pre>{@code
 * ConsulRegistry --> ConsulSession <-- ConsulWatch: blocking queries of services and of checks, per datacenter
 *                      |    |
 *                      |    +--> reads of the services that have changed --> ConsulInstanceReader --> ForeignCatalog
 *                      +--> ConsulWriter: the catalog, or a local agent
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bridge.consul;

import org.jspecify.annotations.NullMarked;
