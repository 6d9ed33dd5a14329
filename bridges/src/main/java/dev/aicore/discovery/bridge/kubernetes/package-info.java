/**
 * Bridges to Kubernetes: its Services and EndpointSlices, through fabric8's client on the JDK's HTTP client.
 *
 * <pre>{@code
 * KubernetesRegistry --> KubernetesSession: informers --> ClusterView --> EndpointSliceReader --> ForeignCatalog
 *                             |                               ^
 *                             +--> ServiceWriter -------------+  Services without selector, with EndpointSlices of
 *                                     SliceAssignment, ExportedSlices                     at most 100 endpoints
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bridge.kubernetes;

import org.jspecify.annotations.NullMarked;
