package dev.aicore.discovery.query.configuration;

import java.util.List;

/** Versions of a configuration without content, newest first. */
record ConfigurationVersionsView(String serviceName, List<ConfigurationView> versions) {
    ConfigurationVersionsView {
        versions = List.copyOf(versions);
    }
}
