package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.command.configuration.ConfigurationWriter;
import dev.aicore.discovery.command.configuration.KeyValueWriter;
import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.config.settings.ConsulSettings;
import dev.aicore.discovery.dialect.DialectMetrics;
import dev.aicore.discovery.query.configuration.KeyValueQueryService;
import dev.aicore.discovery.query.discovery.counts.DiscoveryCounter;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import dev.aicore.discovery.query.watching.ServiceChangeWaiter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures the Consul dialect. Reads need the query side. Writes need both sides, because an id of a Consul client is
 * looked up among the present instances.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("service-discovery.dialects.consul.enabled")
public class ConsulConfiguration {

    @Bean
    ConsulErrorFormat consulErrorFormat() {
        return new ConsulErrorFormat();
    }

    @Bean
    ConsulNode consulNode(ConsulSettings settings) {
        return ConsulNode.of(settings.nodeName(), settings.nodeAddress(), settings.datacenter());
    }

    @Bean
    RegistryInfoController registryInfoController(ConsulNode node, DialectMetrics metrics) {
        return new RegistryInfoController(node, metrics);
    }

    /** Configures the reads. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(RegistrySnapshotService.class)
    static class ConsulReadConfiguration {

        @Bean
        ConsulDocuments consulDocuments(ConsulNode node) {
            return new ConsulDocuments(node);
        }

        @Bean
        ConsulFilterFields consulFilterFields(ConsulNode node) {
            return new ConsulFilterFields(node);
        }

        @Bean
        InstanceResolver instanceResolver(RegistrySnapshotService snapshots) {
            return new InstanceResolver(snapshots);
        }

        @Bean
        RegistryReader registryReader(RegistrySnapshotService snapshots) {
            return new RegistryReader(snapshots);
        }

        @Bean
        ServiceReadController serviceReadController(
                RegistrySnapshotService snapshots,
                ServiceChangeWaiter changes,
                ConsulDocuments documents,
                ConsulFilterFields fields,
                ConsulSettings settings,
                ConsulNode node,
                DialectMetrics metrics,
                DiscoveryCounter counter) {
            return new ServiceReadController(
                    new ServiceContentReader(snapshots, changes),
                    new ServiceAnswerWriter(
                            documents, fields, settings.maxCachedAnswers().toBytes()),
                    node,
                    metrics,
                    counter);
        }

        @Bean
        ServiceHealthRoute serviceHealthRoute(ServiceReadController controller) {
            return new ServiceHealthRoute(controller);
        }

        @Bean
        KeyValueReadController keyValueReadController(
                KeyValueQueryService queries, ConsulNode node, DialectMetrics metrics) {
            return new KeyValueReadController(queries, node, metrics);
        }

        @Bean
        CatalogController catalogController(
                RegistryReader reader,
                ConsulDocuments documents,
                ConsulFilterFields fields,
                ConsulNode node,
                DialectMetrics metrics) {
            return new CatalogController(reader, documents, fields, node, metrics);
        }

        @Bean
        AgentReadController agentReadController(
                RegistryReader reader,
                InstanceResolver resolver,
                ConsulDocuments documents,
                ConsulFilterFields fields,
                ConsulNode node,
                DialectMetrics metrics) {
            return new AgentReadController(reader, resolver, documents, fields, node, metrics);
        }
    }

    /** Configures the writes. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({RegistrationService.class, RegistrySnapshotService.class})
    static class ConsulWriteConfiguration {

        @Bean
        AgentServiceController agentServiceController(
                RegistrationService registrations, InstanceResolver instances, DialectMetrics metrics) {
            return new AgentServiceController(registrations, instances, metrics);
        }

        @Bean
        AgentCheckController agentCheckController(
                RegistrationService registrations, InstanceResolver instances, DialectMetrics metrics) {
            return new AgentCheckController(
                    new CheckReporter(registrations, instances), new CheckDeclarer(registrations, instances), metrics);
        }

        @Bean
        KeyValueWriteController keyValueWriteController(
                KeyValueWriter keys,
                ConfigurationWriter configurations,
                KeyValueQueryService queries,
                ConsulNode node,
                DialectMetrics metrics) {
            return new KeyValueWriteController(new KeyValueStore(keys, configurations, queries), node, metrics);
        }
    }
}
