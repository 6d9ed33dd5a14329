package dev.aicore.discovery.config.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What callers may do.
 *
 * @param enabled     false lets every authenticated caller do everything
 * @param defaultRole the role of a token that names none; one of {@link #ROLES}
 */
@ConfigurationProperties("service-discovery.auth.rbac")
public record RbacSettings(boolean enabled, String defaultRole) {

    public static final List<String> ROLES = List.of("admin", "operator", "viewer", "service");

    public RbacSettings {
        defaultRole = Bounds.oneOf("auth.rbac.default_role", defaultRole, ROLES);
    }
}
