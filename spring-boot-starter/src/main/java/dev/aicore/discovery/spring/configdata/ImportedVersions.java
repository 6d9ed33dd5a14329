package dev.aicore.discovery.spring.configdata;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.env.ConfigurableEnvironment;

/** Versions of the imported configurations that an application runs with. */
public final class ImportedVersions {

    private ImportedVersions() {}

    /** Returns the present versions by the names of their configurations. */
    public static Map<String, Long> of(ConfigurableEnvironment environment) {
        var versions = new TreeMap<String, Long>();
        for (var source : environment.getPropertySources()) {
            if (source instanceof RegistryPropertySource imported) {
                var configuration = imported.configuration();
                versions.put(configuration.service(), configuration.version());
            }
        }
        return versions;
    }
}
