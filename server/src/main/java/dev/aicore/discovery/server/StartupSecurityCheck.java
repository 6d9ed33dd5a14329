package dev.aicore.discovery.server;

import dev.aicore.discovery.access.AccessConfiguration;
import dev.aicore.discovery.config.settings.AuthSettings;
import dev.aicore.discovery.config.settings.InvalidSettingException;
import dev.aicore.discovery.config.settings.IssuerSettings;
import dev.aicore.discovery.config.settings.JwtSettings;
import dev.aicore.discovery.config.settings.ProcessSettings;
import dev.aicore.discovery.config.settings.ServerSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.settings.TlsSettings;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Checks security settings before anything is started: a server that other machines can reach must have a strong
 * secret, or doesn't start.
 */
final class StartupSecurityCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** Property that is set if the secret was generated at start, so that an admin's key is issued, too. */
    static final String GENERATED = "service-discovery-server.secret-generated";

    private static final String SECRET = SettingsBinder.PREFIX + "auth.jwt.secret";
    private static final Logger LOG = LoggerFactory.getLogger(StartupSecurityCheck.class);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var settingsBinder = SettingsBinder.of(context.getEnvironment());
        require(settingsBinder);
        var jwt = settingsBinder.get(JwtSettings.class);
        if (jwt.secret() == null
                && needsSecret(settingsBinder)
                && settingsBinder.get(AuthSettings.class).generateMissingSecret()) {
            var secret = new GeneratedSecretFiles(
                            settingsBinder.get(ProcessSettings.class).dataDir())
                    .secret();
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("generated secret", Map.of(SECRET, secret, GENERATED, true)));
        } else if (!needsSecret(settingsBinder)) {
            warnOfUnused(jwt);
        }
    }

    /** @throws InvalidSettingException if unauthenticated callers would have access, or no caller could authenticate */
    static void require(SettingsBinder settingsBinder) {
        settingsBinder.get(TlsSettings.class).requireFiles();
        var auth = settingsBinder.get(AuthSettings.class);
        if (auth.anonymousAdminForEveryoneWhoCanConnect()
                && !settingsBinder.get(ProcessSettings.class).development()) {
            throw InvalidSettingException.of(
                    AccessConfiguration.ANONYMOUS_ADMIN_KEY, true, "false, unless environment is development");
        }
        var jwt = settingsBinder.get(JwtSettings.class);
        if (needsSecret(settingsBinder) && !(jwt.secret() == null && auth.generateMissingSecret())) {
            jwt.requireStrong("a strong secret is optional only in development on a loopback address");
        }
    }

    private static boolean needsSecret(SettingsBinder settingsBinder) {
        return !isLoopbackOnly(settingsBinder)
                && !settingsBinder.get(AuthSettings.class).anonymousAdminForEveryoneWhoCanConnect()
                && !settingsBinder.get(IssuerSettings.class).external();
    }

    private static boolean isLoopbackOnly(SettingsBinder settingsBinder) {
        return settingsBinder.get(ProcessSettings.class).development()
                && settingsBinder.get(ServerSettings.class).onLoopback();
    }

    private static void warnOfUnused(JwtSettings jwt) {
        if (jwt.secret() != null) {
            jwt.weakness().ifPresent(line -> LOG.warn("Tokens signed with the secret are rejected: {}.", line));
        }
    }
}
