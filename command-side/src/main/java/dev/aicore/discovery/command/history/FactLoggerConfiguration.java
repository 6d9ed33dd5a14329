package dev.aicore.discovery.command.history;

import dev.aicore.discovery.config.settings.LoggingSettings;
import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the log of facts. */
@Configuration(proxyBeanMethods = false)
public class FactLoggerConfiguration {

    @Bean(initMethod = "start")
    FactLogger factLogger(TimeSource time, LoggingSettings settings) {
        return new FactLogger(time, settings.maxLinesPerSecond());
    }
}
