package dev.aicore.discovery.api.shard;

import java.time.Instant;

/**
 * What a service is brought back to.
 *
 * @param position of the moment
 * @param at when it was
 * @param token stands for what the service was, what it is, and what makes it what it was
 * @param same how many of its instances are as they were
 */
public record RestorePoint(String service, long position, Instant at, String token, int same) {}
