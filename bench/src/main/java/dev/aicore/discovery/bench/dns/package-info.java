/**
 * Measures the DNS server: answers per second of CPU time, their latency, and the delay of changes.
 *
 * <pre>{@code
 * DnsBench --> RegistryProcess (with a DNS port)
 *    |              ^
 *    +--> DnsLoad --+  UDP
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.bench.dns;

import org.jspecify.annotations.NullMarked;
