package dev.aicore.discovery.query.configuration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * Version of a configuration.
 *
 * @param configuration content as it was sent; null in lists
 * @param createdBy principal that created the version
 * @param rolledBackTo version whose content this version restores; null if it has content of its own
 * @param reason given by the author; null if none
 * @param position of the fact that created the version
 * @param until time at which the version was replaced or deleted; null if it is current
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
