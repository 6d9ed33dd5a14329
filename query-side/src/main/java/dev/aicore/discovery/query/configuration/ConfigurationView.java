package dev.aicore.discovery.query.configuration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * A version of a configuration.
 *
 * @param configuration what it says, as it was sent; null in lists
 * @param createdBy who made it
 * @param rolledBackTo the version that it says again; null if it says something of its own
 * @param reason the words of who made it; null if none
 * @param position of the fact that made it
 * @param until when it was replaced or deleted; null if it is the present one
 */
record ConfigurationView(
        String serviceName,
        int version,
        @Nullable RawValue configuration,
        Instant createdAt,
        String createdBy,
        String role,
        @Nullable Integer rolledBackTo,
        @Nullable String reason,
        long position,
        @Nullable Instant until) {}
