package dev.aicore.discovery.config.time;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The machine's clocks, ids and random numbers as beans. */
@Configuration(proxyBeanMethods = false)
public class TimeConfiguration {
    @Bean
    TimeSource timeSource() {
        return new SystemTimeSource();
    }

    /** For names that need no secrecy. */
    @Bean
    IdGenerator idGenerator() {
        return IdGenerator.counted();
    }

    @Bean
    SecretGenerator secretGenerator() {
        return SecretGenerator.random();
    }

    /** For choices that need no secrecy; safe for use by many threads. */
    @Bean
    RandomGenerator randomGenerator() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
