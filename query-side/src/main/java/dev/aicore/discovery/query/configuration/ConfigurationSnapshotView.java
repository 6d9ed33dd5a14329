package dev.aicore.discovery.query.configuration;

import org.jspecify.annotations.Nullable;

/**
 * State of a configuration at the start of a watch.
 *
 * @param configuration null if there is none
 */
record ConfigurationSnapshotView(
        String serviceName, long position, @Nullable ConfigurationView configuration) {}
