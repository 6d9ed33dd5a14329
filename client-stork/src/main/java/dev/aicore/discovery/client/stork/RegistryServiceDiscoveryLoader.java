package dev.aicore.discovery.client.stork;

import io.smallrye.stork.api.ServiceDiscovery;
import io.smallrye.stork.api.config.ConfigWithType;
import io.smallrye.stork.api.config.ServiceConfig;
import io.smallrye.stork.spi.StorkInfrastructure;
import io.smallrye.stork.spi.internal.ServiceDiscoveryLoader;

/**
 * Creates the service discovery of the type {@code registry}.
 *
 * <pre>
 * stork.payments.service-discovery.type=registry
 * stork.payments.service-discovery.url=https://r1:8443,https://r2:8443
 * stork.payments.service-discovery.api-key-file=/run/secrets/registry
 * </pre>
 */
public final class RegistryServiceDiscoveryLoader implements ServiceDiscoveryLoader {

    /** Type in the configuration. */
    public static final String TYPE = "registry";

    /** Creates a loader; for {@link java.util.ServiceLoader}. */
    public RegistryServiceDiscoveryLoader() {
        // Nothing to set.
    }

    @Override
    public String type() {
        return TYPE;
    }

    /**
     * Creates the discovery of a service, which is watched from now on.
     *
     * @throws IllegalArgumentException if a parameter is invalid
     */
    @Override
    public ServiceDiscovery createServiceDiscovery(
            ConfigWithType config,
            String serviceName,
            ServiceConfig serviceConfig,
            StorkInfrastructure infrastructure) {
        var parameters = config.parameters();
        var options = ClientOptions.of(serviceName, parameters);
        var client = infrastructure.get(ClientPool.class, ClientPool::new).client(options);
        boolean secure = Boolean.parseBoolean(parameters.get("secure"));
        var service = client.service(parameters.getOrDefault(ClientOptions.SERVICE, serviceName));
        return new RegistryServiceDiscovery(service, options.firstAnswer(), secure);
    }
}
