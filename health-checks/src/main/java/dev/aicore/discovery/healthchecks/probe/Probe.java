package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.instance.HealthCheck;

/**
 * Target and check of a probe.
 *
 * @param id id of the instance
 * @param address declared address: an IP address or a host name
 * @param port 1 to 65,535
 * @param protocol declared protocol; a check of type {@code http} uses TLS if it is {@code https}
 * @param check active check
 */
public record Probe(String id, String address, int port, String protocol, HealthCheck check) {}
