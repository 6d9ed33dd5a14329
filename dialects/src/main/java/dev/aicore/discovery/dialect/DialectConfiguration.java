package dev.aicore.discovery.dialect;

import dev.aicore.discovery.dialect.consul.ConsulConfiguration;
import dev.aicore.discovery.dialect.dns.DnsConfiguration;
import dev.aicore.discovery.dialect.eureka.EurekaConfiguration;
import dev.aicore.discovery.dialect.prometheus.PrometheusConfiguration;
import dev.aicore.discovery.dialect.xds.XdsConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configures all dialects. Must be imported after the sides, because the dialects that a process serves depend on the
 * sides that it runs.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    ConsulConfiguration.class,
    DnsConfiguration.class,
    EurekaConfiguration.class,
    PrometheusConfiguration.class,
    XdsConfiguration.class
})
public class DialectConfiguration {

    @Bean
    DialectMetrics dialectMetrics(MeterRegistry registry) {
        return new DialectMetrics(registry);
    }
}
