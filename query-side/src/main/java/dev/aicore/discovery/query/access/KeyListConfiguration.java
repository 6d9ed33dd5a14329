package dev.aicore.discovery.query.access;

import dev.aicore.discovery.config.access.KeyRing;
import dev.aicore.discovery.config.access.Tokens;
import dev.aicore.discovery.config.time.TimeSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes about keys that write nothing. */
@Configuration(proxyBeanMethods = false)
public class KeyListConfiguration {

    @Bean
    KeyListController keyListController(KeyRing keys, TimeSource time) {
        return new KeyListController(keys, time);
    }

    @Bean
    TokenController tokenController(Tokens tokens, TimeSource time) {
        return new TokenController(tokens, time);
    }
}
