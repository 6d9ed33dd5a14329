package dev.aicore.discovery.server;

import dev.aicore.discovery.access.ApiKeyRegistry;
import dev.aicore.discovery.access.ApiKeyRegistryConfiguration;
import dev.aicore.discovery.access.hotpath.HotPathConfiguration;
import dev.aicore.discovery.api.status.NodeInfo;
import dev.aicore.discovery.bridge.BridgeConfiguration;
import dev.aicore.discovery.command.access.ApiKeyService;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.time.IdGenerator;
import dev.aicore.discovery.config.time.SecretGenerator;
import dev.aicore.discovery.config.time.TimeConfiguration;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.dialect.DialectConfiguration;
import dev.aicore.discovery.embedded.postgres.PostgresServer;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.eventstore.WriterId;
import dev.aicore.discovery.eventstore.axon.EventStoreConfiguration;
import dev.aicore.discovery.projection.ReadModelConfiguration;
import dev.aicore.discovery.query.status.StatusConfiguration;
import dev.aicore.discovery.server.ctl.UrlFile;
import dev.aicore.discovery.server.logging.LogLevelConfiguration;
import dev.aicore.discovery.server.openapi.OpenApiConfiguration;
import dev.aicore.discovery.server.relay.RelayConfiguration;
import dev.aicore.discovery.server.support.DiagnosticsConfiguration;
import dev.aicore.discovery.ui.UiConfiguration;
import dev.aicore.discovery.web.StoreIdHeaderHandler;
import java.io.PrintStream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Wires one process: the parts of every process, and the sides that its target names. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    SettingsConfiguration.class,
    TimeConfiguration.class,
    HotPathConfiguration.class,
    ApiKeyRegistryConfiguration.class,
    EventStoreConfiguration.class,
    ReadModelConfiguration.class,
    StatusConfiguration.class,
    OpenApiConfiguration.class,
    TargetImportSelector.class,
    DialectConfiguration.class,
    BridgeConfiguration.class,
    DiagnosticsConfiguration.class,
    LogLevelConfiguration.class,
    RelayConfiguration.class
})
class ServerConfiguration {

    @Bean
    NodeInfo nodeInfo(ProcessSettings process, IdGenerator idGenerator, TimeSource time) {
        var version = ServerConfiguration.class.getPackage().getImplementationVersion();
        return new NodeInfo(
                version == null ? "development" : version,
                process.environment(),
                process.target().settingName(),
                idGenerator.next().toString(),
                time.now());
    }

    /**
     * Returns the id of the writer. The writer of an embedded store always has the same id, because the data directory
     * is locked: after a crash it needn't wait for its own lease to end. Other writers are identified by the node's
     * name.
     */
    @Bean
    WriterId writerId(NodeInfo nodeInfo, ObjectProvider<PostgresServer> embedded) {
        return new WriterId(embedded.stream().findAny().isPresent() ? "embedded" : nodeInfo.name());
    }

    /**
     * Adds the header with the store's id, which is read once, because it never changes. The decorator with the highest
     * precedence precedes all others, including the hot path.
     */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebHttpHandlerBuilderCustomizer storeIdHeaderCustomizer(StoreReader store) {
        var incarnation = store.head().incarnation().toString();
        return builder -> builder.httpHandlerDecorator(answers -> new StoreIdHeaderHandler(answers, incarnation));
    }

    @Bean
    WrongTargetRoutes wrongTargetRoutes(
            ListableBeanFactory beans,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes,
            ProcessSettings process) {
        return new WrongTargetRoutes(beans, routes, process.target());
    }

    /** Issues the first admin's key, in the process that writes and only if the start has generated the secret. */
    @Bean
    @ConditionalOnProperty(StartupSecurityCheck.GENERATED)
    @ConditionalOnBean(ApiKeyService.class)
    BootstrapAdminKey bootstrapAdminKey(
            ProcessSettings process,
            ApiKeyService service,
            CommandGateway commandGateway,
            ApiKeyRegistry keys,
            SecretGenerator secretGenerator,
            TimeSource time) {
        return new BootstrapAdminKey(
                new GeneratedSecretFiles(process.dataDir()),
                service,
                commandGateway,
                keys,
                secretGenerator,
                time,
                System.out);
    }

    @Bean
    UrlFilePublisher urlFilePublisher(ProcessSettings process) {
        return new UrlFilePublisher(new UrlFile(process.dataDir()));
    }

    @Bean
    ReadinessAnnouncer readinessAnnouncer() {
        return new ReadinessAnnouncer(System.out);
    }

    /**
     * Prints the address of the web UI, if this process serves it, then one line that states that requests are
     * accepted, and where. People and scripts wait for that line.
     */
    static final class ReadinessAnnouncer implements ApplicationListener<ApplicationReadyEvent> {

        private final PrintStream out;

        ReadinessAnnouncer(PrintStream out) {
            this.out = out;
        }

        @Override
        public void onApplicationEvent(ApplicationReadyEvent ready) {
            var url = ListeningUrl.of(ready.getApplicationContext());
            if (url != null) {
                if (ready.getApplicationContext().getBeanNamesForType(UiConfiguration.class).length > 0) {
                    out.println("Web UI: " + url + "/ui/services");
                }
                out.println("Service Discovery is ready on " + url);
                out.flush();
            }
        }
    }
}
