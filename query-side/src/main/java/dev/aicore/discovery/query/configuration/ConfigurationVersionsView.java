package dev.aicore.discovery.query.configuration;

import java.util.List;

/** The versions of a configuration without what they say, the newest first. */
record ConfigurationVersionsView(String serviceName, List<ConfigurationView> versions) {
    ConfigurationVersionsView {
        versions = List.copyOf(versions);
    }
}
