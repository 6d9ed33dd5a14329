package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.config.settings.OutboundSettings;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.healthchecks.outbound.AddressPolicy;
import dev.aicore.discovery.healthchecks.outbound.OutboundClients;
import dev.aicore.discovery.healthchecks.outbound.ReservedEndpoints;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the outbound clients of health checks, and the endpoints that they must not reach. */
@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {

    @Bean
    ReservedEndpoints reservedEndpoints() {
        return ReservedEndpoints.ofThisMachine();
    }

    @Bean(initMethod = "start")
    ReservedEndpointUpdater reservedEndpointUpdater(
            ReservedEndpoints reservedEndpoints, PostgresSettings postgres, RedisSettings redis) {
        return new ReservedEndpointUpdater(reservedEndpoints, postgres, redis);
    }

    @Bean
    ApplicationListener<WebServerInitializedEvent> ownPortReservation(ReservedEndpoints reservedEndpoints) {
        return listening -> reservedEndpoints.addHere(listening.getWebServer().getPort());
    }

    @Bean(destroyMethod = "close")
    OutboundClients outboundClients(
            OutboundSettings settings, ProcessSettings process, ReservedEndpoints reservedEndpoints) {
        return OutboundClients.of(new AddressPolicy(settings, process.development(), reservedEndpoints));
    }
}
