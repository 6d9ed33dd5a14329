package dev.aicore.discovery.dialect.xds;

import dev.aicore.discovery.access.RequestAuthenticator;
import dev.aicore.discovery.config.settings.ConnectionSettings;
import dev.aicore.discovery.config.settings.DialectSettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.XdsSettings;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.dialect.PortCondition;
import dev.aicore.discovery.dialect.following.RegistryFollower;
import dev.aicore.discovery.query.discovery.DiscoverableInstances;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import java.net.InetSocketAddress;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the xDS server. Loads nothing of it if there is no port for it. */
@Configuration(proxyBeanMethods = false)
@Conditional(XdsConfiguration.XdsPortCondition.class)
@ConditionalOnBean(RegistrySnapshotService.class)
public class XdsConfiguration {

    @Bean
    RegistryFollower xdsRegistryFollower(RegistrySnapshotService registry, DialectSettings settings) {
        return new RegistryFollower(registry, "xds", settings, Schedulers.parallel());
    }

    @Bean
    XdsService xdsService(XdsSettings settings, ConnectionSettings connections, DialectMetrics metrics) {
        return new XdsService(
                settings.maxStreams(), connections.maxPerAddress(settings.maxStreams()), settings.maxNames(), metrics);
    }

    @Bean
    XdsServer xdsServer(
            XdsSettings settings, ServerSettings server, XdsService xdsService, RequestAuthenticator authenticator) {
        var host = settings.host().isEmpty() ? server.host() : settings.host();
        return new XdsServer(
                new InetSocketAddress(host, settings.port()),
                xdsService.grpcServices(),
                new XdsCallerInterceptor(authenticator, settings.authenticationTimeout()));
    }

    @Bean
    XdsPusher xdsPusher(
            RegistryFollower xdsRegistryFollower,
            DiscoverableInstances discoverable,
            XdsService xdsService,
            XdsSettings settings) {
        return new XdsPusher(xdsRegistryFollower, discoverable, xdsService, settings.minPushInterval());
    }

    /** Matches if there is a port for the server. */
    static final class XdsPortCondition extends PortCondition {
        XdsPortCondition() {
            super("xds.port");
        }
    }
}
