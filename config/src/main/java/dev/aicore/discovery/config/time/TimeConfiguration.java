package dev.aicore.discovery.config.time;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The machine's clocks and random ids as beans. */
@Configuration(proxyBeanMethods = false)
public class TimeConfiguration {
    @Bean
    TimeSource timeSource() {
        return new SystemTime();
    }

    @Bean
    Ids ids() {
        return Ids.random();
    }
}
