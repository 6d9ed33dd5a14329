package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.shard.RegistryShard;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.RetentionSettings;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.SingleWriterAppender;
import dev.aicore.discovery.eventstore.StoreMigration;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer;
import dev.aicore.discovery.eventstore.wire.SnapshotSerializer.SnapshotCodec;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.Snapshotter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the retention of observations, in the process that writes them, and its routes. */
@Configuration(proxyBeanMethods = false)
public class RetentionConfiguration {

    /** Threads for one run and one query at the same time. */
    private static final int MAX_CONCURRENT_QUERIES = 2;

    @Bean
    RetentionMetrics retentionMetrics(MeterRegistry registry) {
        return new RetentionMetrics(registry);
    }

    @Bean
    RetentionService retentionService(
            DataSource database,
            StoreMigration migration,
            ObjectProvider<SnapshotCodec<?>> codecs,
            SingleWriterAppender appender,
            CommandGateway commandGateway,
            Snapshotter snapshotter,
            RetentionMetrics metrics,
            RetentionSettings settings,
            EventStoreSettings store) {
        var snapshots =
                new SnapshotSerializer(List.copyOf(codecs.orderedStream().toList()));
        var checkpointRequester = new CheckpointRequester(
                commandGateway::checkpoint,
                shard -> snapshotter.scheduleSnapshot(RegistryShard.class, shard),
                store.acknowledgeWithin());
        return new RetentionService(
                database, snapshots::reads, appender::isAvailable, checkpointRequester, metrics, settings);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    RetentionScheduler retentionScheduler(RetentionService retentionService, RetentionSettings settings) {
        return new RetentionScheduler(retentionService, settings.retentionInterval());
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService retentionExecutor() {
        return Executors.newFixedThreadPool(
                MAX_CONCURRENT_QUERIES,
                Thread.ofVirtual().name("retention-queries").factory());
    }

    @Bean
    RetentionController retentionController(
            RetentionService retentionService, TimeSource time, ExecutorService retentionExecutor) {
        return new RetentionController(retentionService, time, Schedulers.fromExecutorService(retentionExecutor));
    }
}
