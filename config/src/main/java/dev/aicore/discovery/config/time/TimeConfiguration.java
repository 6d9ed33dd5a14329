package dev.aicore.discovery.config.time;

import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Defines the clocks of the machine and the generators of ids, secrets and random numbers as beans. */
@Configuration(proxyBeanMethods = false)
public class TimeConfiguration {
    @Bean
    TimeSource timeSource() {
        return new SystemTimeSource();
    }

    /** Generates ids for names that need no secrecy. */
    @Bean
    IdGenerator idGenerator() {
        return IdGenerator.counted();
    }

    @Bean
    SecretGenerator secretGenerator() {
        return SecretGenerator.random();
    }

    /** Generates random numbers for choices that need no secrecy. Thread-safe. */
    @Bean
    RandomGenerator randomGenerator() {
        return () -> ThreadLocalRandom.current().nextLong();
    }
}
