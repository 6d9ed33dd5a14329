package dev.aicore.discovery.query.configuration;

import java.time.Instant;
import java.util.List;
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
        @Nullable Instant until) {

    /**
     * Change of a configuration.
     *
     * @param position of the fact; no other change has it
     * @param at time at which the fact was recorded
     * @param configuration state after the change; null if the configuration was deleted
     */
    record ConfigurationChangeView(
            long position, Instant at, Type type, @Nullable ConfigurationView configuration) {

        /** Kind of change. */
        enum Type {
            /** Created, or replaced by new content. */
            CHANGED,
            /** Restored to the content of an older version. */
            ROLLED_BACK,
            /** Deleted. */
            DELETED
        }
    }

    /**
     * State of a configuration at the start of a watch.
     *
     * @param configuration null if there is none
     */
    record ConfigurationSnapshotView(
            String serviceName, long position, @Nullable ConfigurationView configuration) {}

    /** Versions of a configuration without content, newest first. */
    record ConfigurationVersionsView(String serviceName, List<ConfigurationView> versions) {
        ConfigurationVersionsView {
            versions = List.copyOf(versions);
        }
    }
}
