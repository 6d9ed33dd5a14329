package dev.aicore.discovery.access;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.config.settings.RbacSettings;
import dev.aicore.discovery.config.settings.ScopedRole;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resolves the names of roles: the built-in ones, and those that the settings scope to services. */
public final class RoleResolver {

    private final boolean enabled;
    private final String defaultRole;
    private final Map<String, ScopedRole> scopedRoles = new LinkedHashMap<>();
    private final List<String> names;

    RoleResolver(RbacSettings settings) {
        this.enabled = settings.enabled();
        this.defaultRole = settings.defaultRole();
        this.names = settings.names();
        settings.scopedRoles().forEach(role -> scopedRoles.put(role.name(), role));
    }

    /** Returns all names: the built-in ones, then those of the settings. */
    public List<String> names() {
        return names;
    }

    /**
     * Returns a caller for a part of the registry that writes under a principal of its own, with the permissions and
     * the service scope of a role.
     *
     * @param role one of {@link #names()}
     * @param requestId 1 to 128 characters of {@code A-Za-z0-9._-}
     */
    public Caller internalCaller(String principal, String role, String protocol, String requestId) {
        return new Caller(
                principal,
                base(role),
                "unknown",
                protocol,
                requestId,
                null,
                null,
                scopeOf(role),
                CredentialValidity.UNLIMITED);
    }

    /** Returns the default role, for tokens that name no role. */
    String defaultRole() {
        return defaultRole;
    }

    /**
     * Returns the base role of a name: the name of a {@link Role}, or the name itself if it is unknown and so grants
     * nothing.
     */
    String base(String name) {
        if (!enabled) {
            return Role.ADMIN.displayName();
        }
        var role = scopedRoles.get(name);
        return role == null ? name : role.base();
    }

    /** Returns the service scope of the role; null for all services. */
    @Nullable
    ServiceScope scopeOf(String name) {
        var role = enabled ? scopedRoles.get(name) : null;
        return role == null ? null : role.reach();
    }

    /**
     * Returns the strongest of the named roles. Of equally strong ones, prefers one without a scope, then the first in
     * the settings.
     *
     * @return the name of the role; {@link Identity#NO_ROLE} if none of them is known
     */
    String strongest(Collection<String> named) {
        String best = Identity.NO_ROLE;
        Role strength = null;
        // Roles without a scope come first.
        for (var name : names) {
            var role = named.contains(name)
                    ? Role.of(
                            scopedRoles.containsKey(name)
                                    ? scopedRoles.get(name).base()
                                    : name)
                    : null;
            if (role != null && (strength == null || role.compareTo(strength) > 0)) {
                best = name;
                strength = role;
            }
        }
        return best;
    }
}
