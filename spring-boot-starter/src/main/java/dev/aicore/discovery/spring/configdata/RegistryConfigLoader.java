package dev.aicore.discovery.spring.configdata;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.RegistryRequestException;
import dev.aicore.discovery.client.ServiceConfiguration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;

/** Reads a configuration from the registry. */
class RegistryConfigLoader implements ConfigDataLoader<RegistryConfigResource> {

    /**
     * Returns the properties; null for a profile without its own.
     *
     * @throws ConfigDataResourceNotFoundException if there is no such configuration, or no node answers; an
     *     {@code optional:} location is then skipped
     */
    @Override
    public @Nullable ConfigData load(ConfigDataLoaderContext context, RegistryConfigResource resource) {
        var client = Objects.requireNonNull(context.getBootstrapContext().get(RegistryClient.class));
        var configuration = read(client, resource);
        if (configuration.isEmpty()) {
            if (resource.isOfProfile()) {
                return null;
            }
            throw new ConfigDataResourceNotFoundException(resource);
        }
        return new ConfigData(List.of(new RegistryPropertySource(configuration.get(), resource.version() != null)));
    }

    private static Optional<ServiceConfiguration> read(RegistryClient client, RegistryConfigResource resource) {
        try {
            return resource.version() == null
                    ? client.configuration(resource.service())
                    : client.configuration(resource.service(), resource.version());
        } catch (RegistryRequestException e) {
            if (e.status() == 0) {
                throw new ConfigDataResourceNotFoundException(resource, e);
            }
            throw e;
        }
    }
}
