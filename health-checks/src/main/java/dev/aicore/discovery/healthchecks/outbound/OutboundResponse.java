package dev.aicore.discovery.healthchecks.outbound;

/**
 * The part of a response that checks need.
 *
 * @param status HTTP status, 100 to 999
 * @param whole whether the body ended within the maximum number of bytes; otherwise the connection was dropped
 */
public record OutboundResponse(int status, boolean whole) {}
