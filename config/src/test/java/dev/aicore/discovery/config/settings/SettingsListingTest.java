package dev.aicore.discovery.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SettingsListingTest {

    @Test
    void secrets_areValuesOfSecretKeysAndPasswordsInUrls() {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "service-discovery.auth.jwt.secret", "${NAMED}",
                                "NAMED", "jwt-secret",
                                "service-discovery.axon-server.access-token", "axon-token",
                                "service-discovery.database.postgres.url",
                                        "postgresql://ann:pg%40word@db/r?password=more",
                                "service-discovery.database.redis.url", "rediss://redis-word@cache:6379",
                                "service-discovery.server.host", "localhost")));

        assertThat(new SettingsListing(environment).secrets())
                .containsExactlyInAnyOrder("jwt-secret", "axon-token", "pg%40word", "pg@word", "more", "redis-word");
    }
}
