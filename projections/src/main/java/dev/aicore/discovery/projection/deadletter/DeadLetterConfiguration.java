package dev.aicore.discovery.projection.deadletter;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.projection.Projections;
import dev.aicore.discovery.projection.flow.Questions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** The routes of the facts that read models couldn't fold. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterConfiguration {

    private static final int AT_ONCE = 1;

    @Bean(destroyMethod = "shutdown")
    ExecutorService deadLetterWork() {
        return Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofVirtual().name("dead-letters").factory());
    }

    @Bean
    DeadLetterController deadLetterController(
            Projections projections, TimeSource time, ExecutorService deadLetterWork) {
        return new DeadLetterController(
                projections.parkedFacts(), time, new Questions(Schedulers.fromExecutorService(deadLetterWork)));
    }
}
