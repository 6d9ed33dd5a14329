package dev.aicore.discovery.spring.configdata;

import dev.aicore.discovery.client.RegistryRequestException;
import java.util.List;
import java.util.Objects;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigDataLoader;
import org.springframework.boot.context.config.ConfigDataLoaderContext;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.logging.DeferredLogFactory;

/** Reads a configuration from the registry, or from the disk while no node answers. */
class RegistryConfigLoader implements ConfigDataLoader<RegistryConfigResource> {
    private final Log log;

    RegistryConfigLoader(DeferredLogFactory logs) {
        this.log = logs.getLog(RegistryConfigLoader.class);
    }

    /**
     * Returns the properties; null for a profile without its own.
     *
     * @throws ConfigDataResourceNotFoundException if there is no such configuration, or no node answers and none is
     *     saved; an {@code optional:} location is then skipped
     */
    @Override
    public @Nullable ConfigData load(ConfigDataLoaderContext context, RegistryConfigResource resource) {
        try {
            var read = Objects.requireNonNull(context.getBootstrapContext().get(ConfigurationImport.class))
                    .read(resource);
            if (read.isEmpty()) {
                if (resource.isOfProfile()) {
                    return null;
                }
                throw new ConfigDataResourceNotFoundException(resource);
            }
            var configuration = read.get().configuration();
            if (read.get().isSaved()) {
                log.warn("No node of the registry answers. Version " + configuration.version() + " of the " + resource
                        + " is used, as it was saved.");
            }
            return new ConfigData(List.of(new RegistryPropertySource(configuration, resource.version() != null)));
        } catch (RegistryRequestException e) {
            if (e.status() == 0) {
                throw new ConfigDataResourceNotFoundException(resource, e);
            }
            throw e;
        }
    }
}
