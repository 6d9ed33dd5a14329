package dev.aicore.discovery.server;

import dev.aicore.discovery.config.settings.EventStoreSettings;
import dev.aicore.discovery.config.settings.InvalidSettingException;
import dev.aicore.discovery.config.settings.PostgresSettings;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.ProcessSettings.ProcessTarget;
import dev.aicore.discovery.config.settings.RedisSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.embedded.postgres.PostgresServer;
import dev.aicore.discovery.embedded.redis.RedisServer;
import dev.aicore.discovery.embedded.redis.RedisServer.RedisStartException;
import dev.aicore.discovery.eventstore.DiskSpaceMonitor.StoreVolume;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Starts the embedded stores for which no URL is set, before the URLs are read. */
final class EmbeddedStoreLauncher implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final String POSTGRES_URL = SettingsBinder.PREFIX + "database.postgres.url";
    static final String REDIS_URL = SettingsBinder.PREFIX + "database.redis.url";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedStoreLauncher.class);

    private final BiConsumer<PostgresSettings, EventStoreSettings> external;

    EmbeddedStoreLauncher() {
        this(ExternalDatabaseCheck::require);
    }

    /** @param external checks an external PostgreSQL, and throws if it can't be used */
    EmbeddedStoreLauncher(BiConsumer<PostgresSettings, EventStoreSettings> external) {
        this.external = external;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var settingsBinder = SettingsBinder.of(context.getEnvironment());
        var process = settingsBinder.get(ProcessSettings.class);
        boolean redisGiven = settingsBinder.get(RedisSettings.class).external();
        var postgresSettings = settingsBinder.get(PostgresSettings.class);
        if (postgresSettings.external()) {
            external.accept(postgresSettings, settingsBinder.get(EventStoreSettings.class));
            if (!redisGiven && process.target() != ProcessTarget.COMMAND) {
                // An embedded Redis would not be shared with the other nodes: every node would cache its own documents.
                log.warn("A database URL is set, but no Redis URL: nothing is cached, and changes are published by"
                        + " PostgreSQL's NOTIFY.");
            }
            return;
        }
        require(settingsBinder);
        Path dataDir = process.dataDir();
        if (!process.development()) {
            log.warn(
                    "PostgreSQL is embedded in {}: its data depends on that disk, and no other process can use it.",
                    dataDir);
        }
        Map<String, Object> urls = new HashMap<>();
        var postgres = PostgresServer.start(dataDir);
        postgres.stopAfterApplication();
        urls.put(POSTGRES_URL, postgres.url());
        registerDisposable(context, "embeddedPostgres", postgres);
        context.getBeanFactory().registerSingleton("storeVolume", volume(dataDir));
        if (!redisGiven) {
            redis(dataDir).ifPresent(redis -> {
                redis.stopAfterApplication();
                urls.put(REDIS_URL, redis.url());
                registerDisposable(context, "embeddedRedis", redis);
            });
        }
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("embedded stores", urls));
    }

    /** @throws InvalidSettingException if PostgreSQL would be embedded although several processes need the same one */
    static void require(SettingsBinder settingsBinder) {
        var processTarget = settingsBinder.get(ProcessSettings.class).target();
        if (processTarget != ProcessTarget.ALL
                && !settingsBinder.get(PostgresSettings.class).external()) {
            throw InvalidSettingException.of(
                    "database.postgres.url",
                    null,
                    "the URL of a PostgreSQL that all processes of the registry share, since target is '"
                            + processTarget.settingName() + "': the embedded one serves a single process");
        }
    }

    /**
     * Starts Redis; empty if that fails, which only makes discovery slower. The directory belongs to this process,
     * because PostgreSQL holds its lock.
     */
    private static Optional<RedisServer> redis(Path dataDir) {
        try {
            return Optional.of(RedisServer.start(dataDir));
        } catch (RedisStartException failed) {
            log.warn("{} Nothing is cached, and changes are published by PostgreSQL's NOTIFY.", failed.getMessage());
            return Optional.empty();
        }
    }

    private static StoreVolume volume(Path dataDir) {
        return () -> {
            // 0 means that there is no space, or that it is unknown. The file store distinguishes them, but reads the
            // table of mounts, in which a chroot may be missing.
            long usable = dataDir.toFile().getUsableSpace();
            return usable > 0 ? usable : Files.getFileStore(dataDir).getUsableSpace();
        };
    }

    /**
     * Registers the server as a disposable bean. It is registered before all beans that use it, and therefore closed
     * after them.
     */
    private static void registerDisposable(ConfigurableApplicationContext context, String name, AutoCloseable server) {
        var beans = context.getBeanFactory();
        beans.registerSingleton(name, server);
        ((DefaultSingletonBeanRegistry) beans).registerDisposableBean(name, server::close);
    }
}
