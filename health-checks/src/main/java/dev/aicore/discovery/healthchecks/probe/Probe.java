package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.instance.HealthCheck;

/**
 * What to look at, and how.
 *
 * @param id of the instance
 * @param address as declared, an address or a host name
 * @param port 1 to 65,535
 * @param protocol as declared; a check of type {@code http} goes over TLS if it is {@code https}
 * @param check an active one
 */
public record Probe(String id, String address, int port, String protocol, HealthCheck check) {}
