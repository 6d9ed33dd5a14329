package dev.aicore.discovery.api.status;

import java.time.Instant;

/**
 * Identifies this process.
 *
 * @param version version of the software
 * @param environment environment of the start: development, production, …
 * @param target sides that the process runs: all, command, projections or query
 * @param name name of the node, unique among the nodes of a registry
 */
public record NodeInfo(String version, String environment, String target, String name, Instant startedAt) {}
