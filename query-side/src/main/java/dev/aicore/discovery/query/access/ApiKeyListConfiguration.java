package dev.aicore.discovery.query.access;

import dev.aicore.discovery.access.ApiKeyRegistry;
import dev.aicore.discovery.access.TokenIssuer;
import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the routes that list API keys and issue tokens. */
@Configuration(proxyBeanMethods = false)
public class ApiKeyListConfiguration {

    @Bean
    ApiKeyListController apiKeyListController(ApiKeyRegistry keys, TimeSource time) {
        return new ApiKeyListController(keys, time);
    }

    @Bean
    TokenController tokenController(TokenIssuer tokenIssuer, TimeSource time) {
        return new TokenController(tokenIssuer, time);
    }
}
