package dev.aicore.discovery.spring.configdata;

import dev.aicore.discovery.client.ServiceConfiguration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.MapPropertySource;

/** Properties of a version of a configuration, named such as {@code orders@13}. */
final class RegistryPropertySource extends MapPropertySource implements OriginLookup<String> {
    private final ServiceConfiguration configuration;
    private final boolean fixed;

    /** @param fixed whether newer versions are of no interest */
    RegistryPropertySource(ServiceConfiguration configuration, boolean fixed) {
        super(
                configuration.service() + "@" + configuration.version(),
                Map.copyOf(FlattenedConfiguration.of(configuration.values())));
        this.configuration = configuration;
        this.fixed = fixed;
    }

    boolean isFixed() {
        return fixed;
    }

    ServiceConfiguration configuration() {
        return configuration;
    }

    @Override
    public @Nullable Origin getOrigin(String key) {
        return containsProperty(key)
                ? new ConfigurationOrigin(
                        configuration.service(),
                        configuration.version(),
                        configuration.author(),
                        configuration.reason())
                : null;
    }
}
