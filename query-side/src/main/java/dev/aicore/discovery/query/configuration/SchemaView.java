package dev.aicore.discovery.query.configuration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * Schema of a service's configuration.
 *
 * @param schema as it was sent
 * @param position of the fact that declared it
 */
record SchemaView(
        String serviceName,
        int revision,
        RawValue schema,
        Instant declaredAt,
        String declaredBy,
        String role,
        @Nullable String reason,
        long position) {}
