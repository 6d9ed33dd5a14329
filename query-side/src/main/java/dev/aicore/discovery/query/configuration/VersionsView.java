package dev.aicore.discovery.query.configuration;

import java.util.List;

/** The versions of a configuration without what they say, the newest first. */
record VersionsView(String serviceName, List<ConfigurationView> versions) {
    VersionsView {
        versions = List.copyOf(versions);
    }
}
