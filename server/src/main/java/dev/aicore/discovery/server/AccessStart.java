package dev.aicore.discovery.server;

import dev.aicore.discovery.config.access.AccessConfiguration;
import dev.aicore.discovery.config.settings.AuthSettings;
import dev.aicore.discovery.config.settings.InvalidSetting;
import dev.aicore.discovery.config.settings.IssuerSettings;
import dev.aicore.discovery.config.settings.JwtSettings;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.Settings;
import dev.aicore.discovery.config.settings.TlsSettings;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Before anything is started: a server that strangers can reach has a secret that nobody can guess, or doesn't start. */
final class AccessStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Set where the secret was made by us: there is to be an admin's key, too. */
    static final String GENERATED = "service-discovery-server.secret-generated";

    private static final String SECRET = Settings.PREFIX + "auth.jwt.secret";
    private static final Logger LOG = LoggerFactory.getLogger(AccessStart.class);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var settings = Settings.of(context.getEnvironment());
        require(settings);
        var jwt = settings.get(JwtSettings.class);
        if (jwt.secret() == null
                && needsSecret(settings)
                && settings.get(AuthSettings.class).generateMissingSecret()) {
            var secret = new SecretFiles(settings.get(ProcessSettings.class).dataDir()).secret();
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("generated secret", Map.of(SECRET, secret, GENERATED, true)));
        } else if (!needsSecret(settings)) {
            warnOfUnused(jwt);
        }
    }

    /** @throws InvalidSetting if strangers could come in, or nobody could */
    static void require(Settings settings) {
        settings.get(TlsSettings.class).requireFiles();
        var auth = settings.get(AuthSettings.class);
        if (auth.anonymousAdminForEveryoneWhoCanConnect()
                && !settings.get(ProcessSettings.class).development()) {
            throw InvalidSetting.of(
                    AccessConfiguration.UNGUARDED_KEY, true, "false, unless environment is development");
        }
        var jwt = settings.get(JwtSettings.class);
        if (needsSecret(settings) && !(jwt.secret() == null && auth.generateMissingSecret())) {
            jwt.requireStrong("only development on a loopback address starts without");
        }
    }

    private static boolean needsSecret(Settings settings) {
        return !isForThisMachine(settings)
                && !settings.get(AuthSettings.class).anonymousAdminForEveryoneWhoCanConnect()
                && !settings.get(IssuerSettings.class).external();
    }

    private static boolean isForThisMachine(Settings settings) {
        return settings.get(ProcessSettings.class).development()
                && settings.get(ServerSettings.class).onLoopback();
    }

    private static void warnOfUnused(JwtSettings jwt) {
        if (jwt.secret() != null) {
            jwt.weakness().ifPresent(line -> LOG.warn("No token is taken that the secret signed: {}.", line));
        }
    }
}
