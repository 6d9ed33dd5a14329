package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.config.settings.EurekaSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures Eureka's protocol. A process with the query side serves the reads. The writes need the state of their
 * instances as well, so a process with both sides serves them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("service-discovery.dialects.eureka.enabled")
@ConditionalOnBean(RegistrySnapshotService.class)
public class EurekaConfiguration {

    @Bean
    EurekaErrorFormat eurekaErrorFormat() {
        return new EurekaErrorFormat();
    }

    @Bean
    EurekaReadController eurekaReadController(
            RegistrySnapshotService snapshots, EurekaSettings settings, DialectMetrics metrics, TimeSource time) {
        var cache = new ApplicationAnswerCache(settings.maxCachedAnswers().toBytes());
        return new EurekaReadController(snapshots, cache, metrics, time);
    }

    @Bean
    EurekaApplicationRoute eurekaApplicationRoute(EurekaReadController controller) {
        return new EurekaApplicationRoute(controller);
    }

    @Bean
    @ConditionalOnBean(RegistrationService.class)
    EurekaRenewalRoute eurekaRenewalRoute(EurekaWriteController controller) {
        return new EurekaRenewalRoute(controller);
    }

    @Bean
    @ConditionalOnBean(RegistrationService.class)
    EurekaWriteController eurekaWriteController(
            RegistrationService registrations,
            RegistrySnapshotService snapshots,
            DialectMetrics metrics,
            TimeSource time) {
        return new EurekaWriteController(
                new EurekaWriteService(registrations, snapshots), new EurekaBodyReader(time), metrics);
    }
}
