package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.InvalidSetting;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.Settings;
import dev.aicore.discovery.config.settings.Target;
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
        var process = settings.get(ProcessSettings.class);
        if (process.target() != Target.ALL) {
            throw InvalidSetting.of(
                    "database.postgres.url",
                    null,
                    "the URL of a PostgreSQL that all processes of the registry share, since target is '"
                            + process.target().word() + "': the embedded one serves a single process");
        }
        var server = PostgresServer.start(process.dataDir());
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
