package dev.aicore.discovery.config.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of role-based access control.
 *
 * @param enabled false = every authenticated caller may do everything
 * @param defaultRole one of admin, operator, viewer, service; role of a token that names none; a name of roles is
 *     accepted, too
 * @param roles at most 1000 roles that are restricted to services by name, each "NAME ROLE PATTERN...", such as
 *     "payments operator payments-* billing": as viewer, service or operator, but for these services only
 */
@ConfigurationProperties("service-discovery.auth.rbac")
public record RbacSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("viewer") String defaultRole,
        @DefaultValue List<String> roles) {

    public static final List<String> ROLES = List.of("admin", "operator", "viewer", "service");

    static final String KEY = "auth.rbac.roles";
    private static final int MAX_ROLES = 1_000;

    public RbacSettings {
        roles = checked(roles);
        defaultRole = SettingConstraints.oneOf("auth.rbac.default_role", defaultRole, names(roles));
    }

    /** Returns the roles that are restricted to services, in their order. */
    public List<ScopedRole> scopedRoles() {
        return roles.stream().map(ScopedRole::parse).toList();
    }

    /** Returns the names of all roles. */
    public List<String> names() {
        return names(roles);
    }

    private static List<String> names(List<String> roles) {
        var names = new ArrayList<>(ROLES);
        roles.forEach(role -> names.add(ScopedRole.parse(role).name()));
        return names;
    }

    private static List<String> checked(@Nullable List<String> roles) {
        if (roles == null) {
            return List.of();
        }
        SettingConstraints.between(KEY, roles.size(), 0, MAX_ROLES);
        var names = new HashSet<>(ROLES);
        for (var role : roles) {
            if (!names.add(ScopedRole.parse(role).name())) {
                throw InvalidSettingException.of(
                        KEY, role, "a unique name for each role, none of " + String.join(", ", ROLES));
            }
        }
        return List.copyOf(roles);
    }
}
