package dev.aicore.discovery.command.health;

import dev.aicore.discovery.config.settings.OutboundSettings;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.healthchecks.outbound.AddressPolicy;
import dev.aicore.discovery.healthchecks.outbound.DeniedRegistryEndpoints;
import dev.aicore.discovery.healthchecks.outbound.OutboundClients;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the outbound clients of health checks, and the endpoints that they must not reach. */
@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {

    @Bean
    DeniedRegistryEndpoints deniedRegistryEndpoints() {
        return DeniedRegistryEndpoints.ofThisMachine();
    }

    @Bean(initMethod = "start")
    DeniedRegistryEndpointUpdater deniedRegistryEndpointUpdater(
            DeniedRegistryEndpoints deniedRegistryEndpoints, PostgresSettings postgres, RedisSettings redis) {
        return new DeniedRegistryEndpointUpdater(deniedRegistryEndpoints, postgres, redis);
    }

    @Bean
    ApplicationListener<WebServerInitializedEvent> ownPortReservation(DeniedRegistryEndpoints deniedRegistryEndpoints) {
        return listening ->
                deniedRegistryEndpoints.addHere(listening.getWebServer().getPort());
    }

    @Bean(destroyMethod = "close")
    OutboundClients outboundClients(
            OutboundSettings settings, ProcessSettings process, DeniedRegistryEndpoints deniedRegistryEndpoints) {
        return OutboundClients.of(new AddressPolicy(settings, process.development(), deniedRegistryEndpoints));
    }
}
