package dev.aicore.discovery.projection.deadletter;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.ProjectionRuntime;
import dev.aicore.discovery.projection.processing.BlockingQueryExecutor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Wires the routes of dead letters. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterConfiguration {

    private static final int MAX_CONCURRENT = 1;

    @Bean(destroyMethod = "shutdown")
    ExecutorService deadLetterExecutor() {
        return Executors.newFixedThreadPool(
                MAX_CONCURRENT, Thread.ofVirtual().name("dead-letters").factory());
    }

    @Bean
    DeadLetterController deadLetterController(
            ProjectionRuntime projectionRuntime, TimeSource time, ExecutorService deadLetterExecutor) {
        return new DeadLetterController(
                projectionRuntime.deadLetterQueue(),
                projectionRuntime::requireActive,
                time,
                new BlockingQueryExecutor(Schedulers.fromExecutorService(deadLetterExecutor)));
    }
}
