package dev.aicore.discovery.query.testing;

import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Lets the server's time stand still an hour after the rows, so that its retention never deletes them. */
@Configuration(proxyBeanMethods = false)
public class StandingTimeConfiguration {

    @Bean
    @Primary
    TimeSource standingTime() {
        return new ManualTimeSource(ReadModelRows.AT.plus(Duration.ofHours(1)));
    }
}
