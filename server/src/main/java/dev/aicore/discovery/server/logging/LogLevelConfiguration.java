package dev.aicore.discovery.server.logging;

import dev.aicore.discovery.config.time.TimeSource;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

/** Configures the levels of the loggers that can be changed at run time; present in every process. */
@Configuration(proxyBeanMethods = false)
public class LogLevelConfiguration {

    @Bean(destroyMethod = "close")
    TemporaryLogLevels temporaryLogLevels(LoggingSystem loggingSystem, TimeSource time) {
        return new TemporaryLogLevels(
                loggingSystem,
                time,
                (task, delay) -> Schedulers.parallel().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Bean
    LogLevelController logLevelController(TemporaryLogLevels levels, TimeSource time) {
        return new LogLevelController(levels, time);
    }
}
