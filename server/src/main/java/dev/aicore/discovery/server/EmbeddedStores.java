package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.Settings;
import dev.aicore.discovery.server.postgres.PostgresServer;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Brings up the stores that no URL is given for, before anything asks for their URLs. */
final class EmbeddedStores implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final String POSTGRES_URL = Settings.PREFIX + "database.postgres.url";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        var settings = Settings.of(environment);
        if (settings.get(PostgresSettings.class).external()) {
            return;
        }
        var server = PostgresServer.start(settings.get(ProcessSettings.class).dataDir());
        server.stopAfterApplication();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("embedded stores", Map.of(POSTGRES_URL, server.url())));
        var beans = context.getBeanFactory();
        beans.registerSingleton("embeddedPostgres", server);
        // Registered before any bean that uses it, so closed after all of them.
        ((DefaultSingletonBeanRegistry) beans).registerDisposableBean("embeddedPostgres", server::close);
    }
}
