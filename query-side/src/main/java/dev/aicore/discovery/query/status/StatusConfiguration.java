package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.status.Node;
import dev.aicore.discovery.api.status.StatusPart;
import dev.aicore.discovery.api.status.StatusView.Check;
import dev.aicore.discovery.config.status.ReadinessProbe;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.database.Database;
import dev.aicore.discovery.query.database.DatabaseConfiguration;
import dev.aicore.discovery.query.fuse.Fuse;
import dev.aicore.discovery.query.watermark.WatermarkConfiguration;
import dev.aicore.discovery.query.watermark.WatermarkReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The routes that tell how the registry itself is; every process has them. The bean {@link Node} is the server's to declare. */
@Configuration(proxyBeanMethods = false)
@Import({DatabaseConfiguration.class, WatermarkConfiguration.class, MetricsRouteConfiguration.class})
public class StatusConfiguration {

    private static final String POSTGRES = "postgres";
    private static final Duration LONGEST_PING = Duration.ofMillis(900);

    @Bean
    StatusReader statusReader(Database database) {
        return new StatusReader(database);
    }

    @Bean
    ReadinessProbe postgresProbe(StatusReader reader) {
        return () -> reader.ping()
                .timeout(LONGEST_PING)
                .thenReturn(new Check(POSTGRES, true, "ready"))
                .onErrorReturn(
                        failure -> failure instanceof RegistryException || failure instanceof TimeoutException,
                        new Check(POSTGRES, false, "does not answer"));
    }

    @Bean
    StatusSource breakers(List<Fuse> fuses) {
        return () -> fuses.stream().<StatusPart>map(Fuse::status).toList();
    }

    @Bean
    Readiness readiness(List<ReadinessProbe> probes, TimeSource time) {
        return new Readiness(probes, time);
    }

    @Bean
    Statuses statuses(
            Node node,
            ObjectProvider<StatusSource> sources,
            Readiness readiness,
            StatusReader reader,
            WatermarkReader watermarks,
            TimeSource time) {
        return new Statuses(node, sources.stream().toList(), readiness, reader, watermarks, time);
    }

    @Bean
    HealthController healthController(Readiness readiness) {
        return new HealthController(readiness);
    }

    @Bean
    StatusController statusController(Statuses statuses, TimeSource time) {
        return new StatusController(statuses, time);
    }
}
