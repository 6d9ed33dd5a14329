package dev.aicore.discovery.api.status;

import java.time.Instant;

/**
 * This process.
 *
 * @param version of the software
 * @param environment as started: development, production, …
 * @param target the sides that it runs: all, command, projections or query
 * @param name unique among the nodes of a registry
 */
public record NodeInfo(String version, String environment, String target, String name, Instant startedAt) {}
