package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.config.eventstore.StoreReader;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.Projections;
import dev.aicore.discovery.projection.flow.Questions;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** What builds read models anew, and its routes. */
@Configuration(proxyBeanMethods = false)
public class RebuildConfiguration {

    private static final int QUESTIONS_AT_ONCE = 2;

    @Bean(destroyMethod = "close")
    Rebuilds rebuilds(Projections projections, TimeSource time) {
        return new Rebuilds(projections.store(), projections.models(), projections.watermarks(), Rebuilds.BATCH, time);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService projectionQuestions() {
        return Executors.newFixedThreadPool(
                QUESTIONS_AT_ONCE, Thread.ofVirtual().name("projection-status").factory());
    }

    @Bean
    AdminController projectionAdminController(
            Projections projections,
            Rebuilds rebuilds,
            StoreReader store,
            TimeSource time,
            ExecutorService projectionQuestions) {
        return new AdminController(
                projections, rebuilds, store, time, new Questions(Schedulers.fromExecutorService(projectionQuestions)));
    }

    /** What a kill interrupted goes on once everything else runs. */
    @Bean
    SmartLifecycle resumedRebuild(Rebuilds rebuilds) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                running = true;
                try {
                    rebuilds.resume();
                } catch (SQLException e) {
                    LoggerFactory.getLogger(Rebuilds.class).warn("Whether a rebuild was interrupted isn't known.", e);
                }
            }

            @Override
            public void stop() {
                running = false;
                rebuilds.close();
            }

            @Override
            public boolean isRunning() {
                return running;
            }
        };
    }
}
