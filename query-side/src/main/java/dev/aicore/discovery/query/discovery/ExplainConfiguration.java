package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.balancing.PanicPolicy;
import dev.aicore.discovery.config.settings.DiscoverySettings;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.instance.AsOfInstanceReader;
import dev.aicore.discovery.query.instance.InstanceRowMapper;
import dev.aicore.discovery.readmodel.database.Database;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the route that explains discovery. */
@Configuration(proxyBeanMethods = false)
public class ExplainConfiguration {

    @Bean
    ExplainController explainController(
            Database database,
            InstanceRowMapper rowMapper,
            AsOfInstanceReader asOfReader,
            AsOfResolver asOfResolver,
            DiscoverySettings settings) {
        return new ExplainController(
                new InstanceEvidenceReader(database, rowMapper),
                asOfReader,
                asOfResolver,
                new ExplanationBuilder(new PanicPolicy(settings.panicThreshold())));
    }
}
