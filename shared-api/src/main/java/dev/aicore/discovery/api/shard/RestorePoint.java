package dev.aicore.discovery.api.shard;

import java.time.Instant;

/**
 * Point in time that a service is restored to.
 *
 * @param position position of the point
 * @param at time of the point
 * @param token hash of the differences between the point and the present
 * @param same number of instances without a difference
 */
public record RestorePoint(String service, long position, Instant at, String token, int same) {}
