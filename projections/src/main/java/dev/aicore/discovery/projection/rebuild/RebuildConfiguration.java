package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.eventstore.StoreReader;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.processing.BlockingQueryExecutor;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Wires the rebuild of read models and its routes. */
@Configuration(proxyBeanMethods = false)
public class RebuildConfiguration {

    private static final int MAX_CONCURRENT_QUERIES = 2;

    @Bean(destroyMethod = "close")
    RebuildService rebuildService(ProjectionRuntime projectionRuntime, TimeSource time) {
        return new RebuildService(
                projectionRuntime.store(),
                projectionRuntime.models(),
                projectionRuntime.watermarks(),
                projectionRuntime::hasFailed,
                RebuildService.BATCH,
                time);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService projectionAdminExecutor() {
        return Executors.newFixedThreadPool(
                MAX_CONCURRENT_QUERIES,
                Thread.ofVirtual().name("projection-status").factory());
    }

    @Bean
    ProjectionAdminController projectionAdminController(
            ProjectionRuntime projectionRuntime,
            RebuildService rebuildService,
            StoreReader store,
            TimeSource time,
            ExecutorService projectionAdminExecutor) {
        return new ProjectionAdminController(
                projectionRuntime,
                rebuildService,
                store,
                time,
                new BlockingQueryExecutor(Schedulers.fromExecutorService(projectionAdminExecutor)));
    }

    /** Resumes an interrupted rebuild once everything else runs, and whenever this node begins to fold. */
    @Bean
    SmartLifecycle rebuildResumer(RebuildService rebuildService, ProjectionRuntime projectionRuntime) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                running = true;
                projectionRuntime.onActivation(this::resume);
                if (projectionRuntime.isActive()) {
                    resume();
                }
            }

            private void resume() {
                try {
                    rebuildService.resume();
                } catch (RegistryException e) {
                    LoggerFactory.getLogger(RebuildService.class).debug("No rebuild is resumed: {}", e.getMessage());
                } catch (SQLException e) {
                    LoggerFactory.getLogger(RebuildService.class)
                            .warn("Failed to check for an interrupted rebuild.", e);
                }
            }

            @Override
            public void stop() {
                running = false;
                rebuildService.close();
            }

            @Override
            public boolean isRunning() {
                return running;
            }
        };
    }
}
