package dev.aicore.discovery.readmodel.discovery;

import java.time.Instant;

/**
 * Number of answers about a service that a node sent to a principal within one minute.
 *
 * @param minute start of the minute
 * @param answers greater than 0
 * @param firstPosition lowest position of the answers
 * @param lastPosition highest position of the answers
 */
public record DiscoveryCount(
        Instant minute, String principal, String service, long answers, long firstPosition, long lastPosition) {}
