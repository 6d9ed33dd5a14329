package dev.aicore.discovery.query.configuration;

import org.jspecify.annotations.Nullable;

/**
 * How a configuration is where the watching begins.
 *
 * @param configuration null if there is none
 */
record ConfigurationSnapshotView(
        String serviceName, long position, @Nullable ConfigurationView configuration) {}
