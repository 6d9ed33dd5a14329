package dev.aicore.discovery.server;

import dev.aicore.discovery.api.status.Node;
import dev.aicore.discovery.command.access.KeyDesk;
import dev.aicore.discovery.config.access.KeyRing;
import dev.aicore.discovery.config.access.KeyRingConfiguration;
import dev.aicore.discovery.config.axon.EventStoreConfiguration;
import dev.aicore.discovery.config.eventstore.StoreOwner;
import dev.aicore.discovery.config.eventstore.StoreReader;
import dev.aicore.discovery.config.lane.LaneConfiguration;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.time.Ids;
import dev.aicore.discovery.config.time.Secrets;
import dev.aicore.discovery.config.time.TimeConfiguration;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.StoreHeader;
import dev.aicore.discovery.projection.ModelConfiguration;
import dev.aicore.discovery.query.status.StatusConfiguration;
import dev.aicore.discovery.server.ctl.UrlFile;
import dev.aicore.discovery.server.openapi.OpenApiConfiguration;
import dev.aicore.discovery.server.postgres.PostgresServer;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** One process: what every one has, and the sides that its target names. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    SettingsConfiguration.class,
    TimeConfiguration.class,
    LaneConfiguration.class,
    KeyRingConfiguration.class,
    EventStoreConfiguration.class,
    ModelConfiguration.class,
    StatusConfiguration.class,
    OpenApiConfiguration.class,
    TargetSides.class
})
class ServerConfiguration {

    @Bean
    Node node(ProcessSettings process, Ids ids, TimeSource time) {
        var version = ServerConfiguration.class.getPackage().getImplementationVersion();
        return new Node(
                version == null ? "development" : version,
                process.environment(),
                process.target().word(),
                ids.next().toString(),
                time.now());
    }

    /**
     * The writer of an embedded store is always the same one, since the data directory is locked: after a crash it needs not
     * wait for its own lease to end. Others are told apart by the node's name.
     */
    @Bean
    StoreOwner storeOwner(Node node, ObjectProvider<PostgresServer> embedded) {
        return new StoreOwner(embedded.stream().findAny().isPresent() ? "embedded" : node.name());
    }

    /** A store keeps its name: it is read once. Whoever comes first stands in front of the others, the fast lane too. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebHttpHandlerBuilderCustomizer storeHeader(StoreReader store) {
        var incarnation = store.head().incarnation().toString();
        return builder -> builder.httpHandlerDecorator(answers -> new StoreHeader(answers, incarnation));
    }

    @Bean
    ElsewhereRoutes elsewhereRoutes(
            ListableBeanFactory beans,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes,
            ProcessSettings process) {
        return new ElsewhereRoutes(beans, routes, process.target());
    }

    /** In the process that writes, where the start has made the secret. */
    @Bean
    @ConditionalOnProperty(AccessStart.GENERATED)
    @ConditionalOnBean(KeyDesk.class)
    FirstKey firstKey(ProcessSettings process, KeyDesk desk, KeyRing keys, Secrets secrets, TimeSource time) {
        return new FirstKey(new SecretFiles(process.dataDir()), desk, keys, secrets, time, System.out);
    }

    @Bean
    UrlFilePublisher urlFilePublisher(ProcessSettings process) {
        return new UrlFilePublisher(new UrlFile(process.dataDir()));
    }

    @Bean
    ReadyLine readyLine() {
        return new ReadyLine(System.out);
    }
}
