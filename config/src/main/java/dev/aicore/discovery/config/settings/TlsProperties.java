package dev.aicore.discovery.config.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Derives the TLS properties of Spring's web server from the registry's settings at each access; empty without a
 * certificate. The server reloads the files when they change.
 */
final class TlsProperties extends EnumerablePropertySource<DatabaseProperties.Lookup> {

    private static final String BUNDLE = "spring.ssl.bundle.pem.registry.";
    private static final String HTTP2 = "server.http2.enabled";
    private static final String SETTING_PREFIX = SettingsBinder.PREFIX + "server.tls.";

    TlsProperties(DatabaseProperties.Lookup properties) {
        super("service discovery TLS", properties);
    }

    @Override
    public String[] getPropertyNames() {
        return all().keySet().toArray(String[]::new);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return name.startsWith(BUNDLE) || name.startsWith("server.ssl.") || name.equals(HTTP2) ? all().get(name) : null;
    }

    private Map<String, Object> all() {
        String certificate = setting("certificate");
        if (certificate == null) {
            return Map.of();
        }
        Map<String, Object> properties = new HashMap<>(Map.of(
                BUNDLE + "keystore.certificate",
                location(certificate),
                BUNDLE + "keystore.verify-keys",
                "true",
                BUNDLE + "reload-on-update",
                "true",
                "server.ssl.bundle",
                "registry",
                HTTP2,
                "true"));
        String key = setting("private-key");
        if (key != null) {
            properties.put(BUNDLE + "keystore.private-key", location(key));
        }
        String clientCa = setting("client-ca");
        if (clientCa != null) {
            properties.put(BUNDLE + "truststore.certificate", location(clientCa));
            boolean required = TlsSettings.REQUIRED.equals(setting("client-certificates"));
            properties.put("server.ssl.client-auth", required ? "need" : "want");
        }
        return properties;
    }

    private @Nullable String setting(String name) {
        return SettingConstraints.absentIfBlank(source.get(SETTING_PREFIX + name));
    }

    private static String location(String file) {
        return "file:" + Path.of(file).toAbsolutePath();
    }
}
