package dev.aicore.discovery.access;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.config.settings.RbacSettings;
import dev.aicore.discovery.config.settings.ScopedRole;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the names of roles mean: those that everybody knows, and those that the settings bind to services. */
public final class RoleResolver {

    private final boolean enabled;
    private final String usual;
    private final Map<String, ScopedRole> bound = new LinkedHashMap<>();
    private final List<String> names;

    RoleResolver(RbacSettings settings) {
        this.enabled = settings.enabled();
        this.usual = settings.defaultRole();
        this.names = settings.names();
        settings.bound().forEach(role -> bound.put(role.name(), role));
    }

    /** All names, by themselves. */
    public Map<String, String> byName() {
        return names.stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
    }

    /** Of who names none. */
    String usual() {
        return usual;
    }

    /** What somebody in that role acts as: one of {@link Role}, or the name itself if nobody knows it, which may do nothing. */
    String base(String name) {
        if (!enabled) {
            return Role.ADMIN.word();
        }
        var role = bound.get(name);
        return role == null ? name : role.base();
    }

    /** The services that the role is bound to; null for all. */
    @Nullable
    ServiceScope reach(String name) {
        var role = enabled ? bound.get(name) : null;
        return role == null ? null : role.reach();
    }

    /**
     * The one that counts: the strongest; of equally strong ones one that is bound to nothing, then the first in the settings.
     *
     * @return {@link Identity#NO_ROLE} if none of them is known
     */
    String strongest(Collection<String> named) {
        String best = Identity.NO_ROLE;
        Role strength = null;
        // Those that are bound to nothing come first.
        for (var name : names) {
            var role = named.contains(name)
                    ? Role.of(bound.containsKey(name) ? bound.get(name).base() : name)
                    : null;
            if (role != null && (strength == null || role.compareTo(strength) > 0)) {
                best = name;
                strength = role;
            }
        }
        return best;
    }
}
