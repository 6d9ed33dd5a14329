package dev.aicore.discovery.healthchecks.outbound;

/**
 * What is kept of an answer.
 *
 * @param status 100 to 999
 * @param whole  whether its body ended within the bytes that were to be read; if not, its connection was dropped
 */
public record OutboundResponse(int status, boolean whole) {}
