package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.config.outbound.AddressPolicy;
import dev.aicore.discovery.config.outbound.Outbound;
import dev.aicore.discovery.config.outbound.OwnEndpoints;
import dev.aicore.discovery.config.settings.OutboundSettings;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.RedisSettings;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way out to where declarations say, and what may not be reached by it. */
@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {

    @Bean
    OwnEndpoints ownEndpoints() {
        return OwnEndpoints.ofThisMachine();
    }

    @Bean(initMethod = "start")
    OwnPorts ownPorts(OwnEndpoints own, PostgresSettings postgres, RedisSettings redis) {
        return new OwnPorts(own, postgres, redis);
    }

    @Bean
    ApplicationListener<WebServerInitializedEvent> ownPort(OwnEndpoints own) {
        return listening -> own.addHere(listening.getWebServer().getPort());
    }

    @Bean(destroyMethod = "close")
    Outbound outbound(OutboundSettings settings, ProcessSettings process, OwnEndpoints own) {
        return Outbound.of(new AddressPolicy(settings, process.development(), own));
    }
}
