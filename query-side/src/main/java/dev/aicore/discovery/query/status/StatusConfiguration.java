package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.api.status.NodeInfo;
import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import dev.aicore.discovery.config.status.ReadinessIndicator;
import dev.aicore.discovery.config.status.ShutdownIndicator;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.status.WriteReadinessIndicator;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.WatermarkConfiguration;
import dev.aicore.discovery.query.consistency.WatermarkReader;
import dev.aicore.discovery.readmodel.database.Database;
import dev.aicore.discovery.readmodel.database.DatabaseConfiguration;
import dev.aicore.discovery.readmodel.database.StoreCircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configures the routes that return the registry's own status; present in every process. The server declares the bean
 * {@link NodeInfo}.
 */
@Configuration(proxyBeanMethods = false)
@Import({DatabaseConfiguration.class, WatermarkConfiguration.class, MetricsRouteConfiguration.class})
public class StatusConfiguration {

    private static final String POSTGRES = "postgres";
    private static final Duration MAX_PING = Duration.ofMillis(900);

    @Bean
    StatusReader statusReader(Database database) {
        return new StatusReader(database);
    }

    @Bean
    ReadinessIndicator postgresReadinessIndicator(StatusReader reader) {
        return () -> reader.ping()
                .timeout(MAX_PING)
                .thenReturn(new Check(POSTGRES, true, "ready"))
                .onErrorReturn(
                        failure -> failure instanceof RegistryException || failure instanceof TimeoutException,
                        new Check(POSTGRES, false, "does not answer"));
    }

    @Bean
    StatusSource circuitBreakerStatus(List<StoreCircuitBreaker> circuitBreakers) {
        return () -> circuitBreakers.stream()
                .<ComponentStatus>map(StoreCircuitBreaker::status)
                .toList();
    }

    @Bean
    ReadinessService readinessService(List<ReadinessIndicator> probes, TimeSource time) {
        return new ReadinessService(probes, time);
    }

    @Bean
    StatusAssembler statusAssembler(
            NodeInfo nodeInfo,
            ObjectProvider<StatusSource> sources,
            ReadinessService readinessService,
            StatusReader reader,
            WatermarkReader watermarks,
            TimeSource time) {
        return new StatusAssembler(nodeInfo, sources.stream().toList(), readinessService, reader, watermarks, time);
    }

    @Bean
    ShutdownIndicator shutdownIndicator() {
        return new ShutdownIndicator();
    }

    @Bean
    NodeHealthController nodeHealthController(
            ReadinessService readinessService,
            ShutdownIndicator shutdownIndicator,
            ObjectProvider<WriteReadinessIndicator> writes) {
        return new NodeHealthController(
                readinessService,
                shutdownIndicator::isRunning,
                () -> writes.stream()
                        .findAny()
                        .map(WriteReadinessIndicator::missing)
                        .orElse("A process of this target takes no writes."));
    }

    @Bean
    StatusController statusController(StatusAssembler statusAssembler, TimeSource time) {
        return new StatusController(statusAssembler, time);
    }
}
