package dev.aicore.discovery.query.consistency;

import static dev.aicore.discovery.query.testing.ApiClient.ok;
import static dev.aicore.discovery.query.testing.ApiClient.problem;

import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.testing.QueryFixture;
import dev.aicore.discovery.query.testing.QueryServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Verifies that the past is defined by the database's clock, regardless of the node's clock. */
@Tag("integration")
class AsOfClockTest {

    @RegisterExtension
    static final QueryFixture registry = new QueryFixture();

    private final QueryServer behind = registry.another(YearsBehind.class);
    private final QueryServer ahead = registry.another(YearsAhead.class);

    @AfterEach
    void stop() {
        behind.close();
        ahead.close();
    }

    @Test
    void asOfInstant_onNodeWithWrongClock_isJudgedByDatabaseClock() {
        registry.rows().fact(10);
        registry.rows().watermark("instances", 20);
        registry.rows().watermark("audit", 20);
        registry.rows().head(20);

        for (var server : List.of(behind, ahead)) {
            ok(server.client(), "/api/v1/services?at=2026-11-23T12:00:45Z");
            problem(server.client(), "/api/v1/services?at=2998-01-01T00:00:00Z", 400, "validation_failed");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class YearsBehind {

        @Bean
        @Primary
        TimeSource timeBehind() {
            return new ManualTimeSource(Instant.parse("2020-01-01T00:00:00Z"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class YearsAhead {

        @Bean
        @Primary
        TimeSource timeAhead() {
            return new ManualTimeSource(Instant.parse("2999-01-01T00:00:00Z"));
        }
    }
}
