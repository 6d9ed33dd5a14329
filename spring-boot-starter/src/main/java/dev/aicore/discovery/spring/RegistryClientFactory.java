package dev.aicore.discovery.spring;

import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.RegistryClientBuilder;
import dev.aicore.discovery.client.ServiceOptions;
import dev.aicore.discovery.spring.RegistryProperties.Registration.OnDeregistered;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** Opens a client as the properties state. */
public final class RegistryClientFactory {

    private RegistryClientFactory() {}

    /**
     * Opens a client, which connects to no node yet.
     *
     * @param application name of this application, which names its file in the cache directory
     * @param bundles finds the SSL bundle of a name
     */
    public static RegistryClient open(
            RegistryProperties properties, String application, Function<String, SslBundle> bundles) {
        var discovery = properties.discovery();
        var builder = RegistryClient.at(properties.url())
                .application(application)
                .tls(sslContext(properties, bundles))
                .cache(cacheDirectory(properties))
                .cacheMaxAge(properties.cacheMaxAge())
                .startWait(discovery.startWait())
                .firstAnswer(discovery.firstAnswer())
                .idle(discovery.idle())
                .maxAge(discovery.maxAge())
                .updateTimeout(properties.registration().updateTimeout())
                .leaveTimeout(properties.drain().leaveTimeout())
                .defaults(defaults(properties))
                .outcomes(properties.outcomes().enabled());
        authenticate(builder, properties);
        if (properties.registration().onDeregistered() == OnDeregistered.STAY_OUT) {
            builder.stayOutIfDeregistered();
        }
        return builder.open();
    }

    private static @Nullable SSLContext sslContext(RegistryProperties properties, Function<String, SslBundle> bundles) {
        var bundle = properties.ssl().bundle();
        return bundle == null ? null : bundles.apply(bundle).createSslContext();
    }

    /** Returns the directory of the last known lists and configurations; null for none. */
    public static @Nullable Path cacheDirectory(RegistryProperties properties) {
        var configured = properties.cacheDirectory();
        if (configured == null) {
            return Path.of(System.getProperty("user.home"), ".cache", "service-discovery");
        }
        return configured.isBlank() ? null : Path.of(configured);
    }

    private static ServiceOptions defaults(RegistryProperties properties) {
        var balancing = properties.loadBalancer();
        return ServiceOptions.defaults()
                .strategy(balancing.strategy())
                .zone(balancing.zonePreference() ? properties.registration().zone() : null)
                .subset(balancing.subset());
    }

    private static void authenticate(RegistryClientBuilder builder, RegistryProperties properties) {
        var credentials = Stream.of(
                        properties.apiKey(), properties.apiKeyFile(), properties.token(), properties.tokenFile())
                .filter(Objects::nonNull)
                .count();
        if (credentials > 1) {
            throw new IllegalArgumentException(
                    "Set at most one of service-discovery.api-key, api-key-file, token and token-file.");
        }
        if (properties.apiKey() != null) {
            builder.apiKey(properties.apiKey());
        } else if (properties.apiKeyFile() != null) {
            builder.apiKeyFile(properties.apiKeyFile());
        } else if (properties.token() != null) {
            var token = properties.token();
            builder.token(() -> token);
        } else if (properties.tokenFile() != null) {
            builder.tokenFile(properties.tokenFile());
        }
    }
}
