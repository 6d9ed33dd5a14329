package dev.aicore.discovery.query.explain;

import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.query.balancing.PanicPolicy;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.instance.InstanceColumns;
import dev.aicore.discovery.query.instance.PastReader;
import dev.aicore.discovery.query.moment.Moments;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The route that explains discovery. */
@Configuration(proxyBeanMethods = false)
public class ExplainConfiguration {

    @Bean
    ExplainController explainController(
            Database database, InstanceColumns columns, PastReader past, Moments moments, DiscoverySettings settings) {
        return new ExplainController(
                new KnownReader(database, columns),
                past,
                moments,
                new Explanation(new PanicPolicy(settings.panicThreshold())));
    }
}
