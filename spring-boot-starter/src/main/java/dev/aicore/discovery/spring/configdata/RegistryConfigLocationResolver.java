package dev.aicore.discovery.spring.configdata;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.spring.RegistryClientFactory;
import dev.aicore.discovery.spring.RegistryProperties;
import java.util.List;
import java.util.Objects;
import org.apache.commons.logging.Log;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.Profiles;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Resolves {@code service-discovery:}, which means the application's own configuration and those of its profiles. The
 * client that reads them becomes the application's.
 */
class RegistryConfigLocationResolver implements ConfigDataLocationResolver<RegistryConfigResource> {
    private static final String PREFIX = "service-discovery:";

    private final Log log;

    RegistryConfigLocationResolver(DeferredLogFactory logs) {
        this.log = logs.getLog(RegistryConfigLocationResolver.class);
    }

    @Override
    public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return location.hasPrefix(PREFIX);
    }

    @Override
    public List<RegistryConfigResource> resolve(
            ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        return isConfigured(context.getBinder()) ? List.of(resource(context, location)) : List.of();
    }

    @Override
    public List<RegistryConfigResource> resolveProfileSpecific(
            ConfigDataLocationResolverContext context, ConfigDataLocation location, Profiles profiles) {
        if (!isConfigured(context.getBinder())) {
            return List.of();
        }
        var resource = resource(context, location);
        return resource.version() != null
                ? List.of()
                : profiles.getAccepted().stream().map(resource::ofProfile).toList();
    }

    private RegistryConfigResource resource(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
        registerClient(context);
        return RegistryConfigResource.parse(location.getNonPrefixedValue(PREFIX), applicationName(context.getBinder()));
    }

    /** Without a registry, nothing is imported, as nothing else of the starter is configured. */
    private static boolean isConfigured(Binder binder) {
        var properties = properties(binder);
        return properties.enabled() && !properties.url().isEmpty();
    }

    private static RegistryProperties properties(Binder binder) {
        return binder.bindOrCreate(RegistryProperties.PREFIX, RegistryProperties.class);
    }

    private static String applicationName(Binder binder) {
        return binder.bind("spring.application.name", String.class).orElse("application");
    }

    private void registerClient(ConfigDataLocationResolverContext context) {
        ConfigurableBootstrapContext bootstrap = context.getBootstrapContext();
        if (bootstrap.isRegistered(RegistryClient.class)) {
            return;
        }
        var properties = properties(context.getBinder());
        var name = applicationName(context.getBinder());
        var bundles = new ImportSslBundles(context.getBinder());
        bootstrap.register(
                RegistryClient.class,
                InstanceSupplier.from(() -> RegistryClientFactory.open(properties, name, bundles::getBundle)));
        bootstrap.register(
                ConfigurationImport.class,
                started -> new ConfigurationImport(
                        Objects.requireNonNull(started.get(RegistryClient.class)),
                        ConfigurationFile.of(properties, log),
                        properties.config().startWait()));
        bootstrap.addCloseListener(RegistryConfigLocationResolver::promote);
    }

    private static void promote(BootstrapContextClosedEvent event) {
        ApplicationContext context = event.getApplicationContext();
        var client = event.getBootstrapContext().get(RegistryClient.class);
        if (context instanceof GenericApplicationContext generic) {
            // A bean definition, not a singleton, so that the client is closed with the context.
            generic.registerBean("registryClient", RegistryClient.class, () -> client);
        }
    }
}
