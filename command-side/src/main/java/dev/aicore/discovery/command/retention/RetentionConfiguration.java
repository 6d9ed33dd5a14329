package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.shard.RegistryShard;
import dev.aicore.discovery.config.eventstore.AppendLane;
import dev.aicore.discovery.config.eventstore.StoreMigration;
import dev.aicore.discovery.config.eventstore.wire.SnapshotCodec;
import dev.aicore.discovery.config.eventstore.wire.SnapshotSerializer;
import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.RetentionSettings;
import dev.aicore.discovery.config.time.TimeSource;
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

/** What drops observations, in the process that writes them, and its routes. */
@Configuration(proxyBeanMethods = false)
public class RetentionConfiguration {

    /** One run, and one question meanwhile. */
    private static final int QUESTIONS_AT_ONCE = 2;

    @Bean
    RetentionMeters retentionMeters(MeterRegistry registry) {
        return new RetentionMeters(registry);
    }

    @Bean
    Retention retention(
            DataSource database,
            StoreMigration migrated,
            ObjectProvider<SnapshotCodec<?>> codecs,
            AppendLane lane,
            Intake intake,
            Snapshotter snapshotter,
            RetentionMeters meters,
            RetentionSettings settings,
            EventStoreSettings store) {
        var snapshots =
                new SnapshotSerializer(List.copyOf(codecs.orderedStream().toList()));
        var asking = new Asking(
                intake::checkpoint,
                shard -> snapshotter.scheduleSnapshot(RegistryShard.class, shard),
                store.acknowledgeWithin());
        return new Retention(database, snapshots::reads, lane::isAvailable, asking, meters, settings);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    RetentionTimer retentionTimer(Retention retention, RetentionSettings settings) {
        return new RetentionTimer(retention, settings.retentionInterval());
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService retentionQuestions() {
        return Executors.newFixedThreadPool(
                QUESTIONS_AT_ONCE,
                Thread.ofVirtual().name("retention-questions").factory());
    }

    @Bean
    RetentionController retentionController(Retention retention, TimeSource time, ExecutorService retentionQuestions) {
        return new RetentionController(retention, time, Schedulers.fromExecutorService(retentionQuestions));
    }
}
