package dev.aicore.discovery.readmodel.cache;

import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.config.settings.RedisTlsSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Defines the connections to Redis if the settings have its URL. Code that uses the connections must work without them.
 */
@Configuration(proxyBeanMethods = false)
@Import(SettingsConfiguration.class)
public class RedisConfiguration {

    @Bean(destroyMethod = "close")
    @Conditional(RedisUrlCondition.class)
    RedisConnections redisConnections(RedisSettings settings, RedisTlsSettings tls) {
        return new RedisConnections(settings, tls);
    }

    static final class RedisUrlCondition implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return SettingsBinder.of((ConfigurableEnvironment) context.getEnvironment())
                    .get(RedisSettings.class)
                    .external();
        }
    }
}
